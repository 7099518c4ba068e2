package dev.latchkey.server.interop;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.function.Consumer;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** An API in a servlet container behind the filter chain of Spring Security, which has never heard of this server. */
final class SpringApi implements AutoCloseable {
    private final Container container = Container.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @EnableWebSecurity
    private static final class Security {}

    /** Says who asks. */
    private static final class WhoAmI extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getUserPrincipal().getName());
        }
    }

    private SpringApi(Consumer<GenericApplicationContext> beans) {
        container.deploy((_, servletContext) -> {
            servletContext.addServlet("api", new WhoAmI()).addMapping("/");
            addFilter(servletContext, beans);
        });
    }

    private static void addFilter(ServletContext servletContext, Consumer<GenericApplicationContext> beans) {
        GenericWebApplicationContext context = new GenericWebApplicationContext(servletContext);
        new AnnotatedBeanDefinitionReader(context).register(Security.class);
        beans.accept(context);
        context.refresh();
        servletContext
                .addFilter("security", context.getBean("springSecurityFilterChain", Filter.class))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    /** Starts with the beans of a configuration. */
    static SpringApi start(Consumer<GenericApplicationContext> beans) {
        return new SpringApi(beans);
    }

    String url() {
        return container.url();
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)));
    }

    HttpResponse<String> getAs(String token, String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Bearer " + token));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        container.close();
    }
}
