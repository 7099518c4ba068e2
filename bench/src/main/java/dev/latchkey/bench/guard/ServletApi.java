package dev.latchkey.bench.guard;

import dev.latchkey.guard.Guard;
import dev.latchkey.guard.servlet.GuardFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** A servlet on Tomcat. */
final class ServletApi implements ApiProgram.Api {
    @Override
    public void start(int port, @Nullable Guard guard) throws IOException, LifecycleException {
        String folder = Files.createTempDirectory("latchkey-bench-tomcat").toString();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder);
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder);
        if (guard != null) {
            GuardFilter filter = GuardFilter.of(guard).open("/health").otherwise(ApiProgram.READ);
            context.addServletContainerInitializer((classes, application) -> filter.register(application), Set.of());
        }
        Tomcat.addServlet(context, "orders", new Orders()).addMapping("/*");
        tomcat.start();
    }

    private static final class Orders extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = ApiProgram.order();
            response.setContentType("application/json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
