package dev.latchkey.guard.servlet;

import dev.latchkey.guard.contract.RunningApi;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Serves one servlet behind the guard's filter, on a free port of 127.0.0.1. */
final class Containers {
    /** Held, so that it stays quiet. */
    private static final Logger TOMCAT = Logger.getLogger("org.apache");

    private Containers() {}

    static RunningApi tomcat(File folder, GuardFilter filter, Servlet servlet, @Nullable SSLContext tls)
            throws Exception {
        return tomcat(folder, filter::register, servlet, tls);
    }

    static RunningApi tomcat(File folder, Consumer<ServletContext> filters, Servlet servlet, @Nullable SSLContext tls)
            throws Exception {
        TOMCAT.setLevel(Level.SEVERE);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.getPath());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("bindOnInit", "true");
        if (tls != null) {
            connector.setSecure(true);
            connector.setScheme("https");
            connector.setProperty("SSLEnabled", "true");
            SSLHostConfig host = new SSLHostConfig();
            host.setCertificateVerification("optional");
            SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
            certificate.setSslContext(new TomcatTls(tls));
            host.addCertificate(certificate);
            connector.addSslHostConfig(host);
        }
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.getPath());
        ServletContainerInitializer initializer = (classes, application) -> filters.accept(application);
        context.addServletContainerInitializer(initializer, Set.of());
        Wrapper wrapper = Tomcat.addServlet(context, "api", servlet);
        wrapper.setAsyncSupported(true);
        wrapper.addMapping("/*");
        tomcat.start();
        return new RunningApi(connector.getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
        });
    }

    static RunningApi jetty(GuardFilter filter, Servlet servlet, @Nullable SSLContext tls) throws Exception {
        return jetty(filter::register, servlet, tls);
    }

    static RunningApi jetty(Consumer<ServletContext> filters, Servlet servlet, @Nullable SSLContext tls)
            throws Exception {
        Server server = new Server();
        ServerConnector connector = tls == null ? new ServerConnector(server) : tlsConnector(server, tls);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((classes, application) -> filters.accept(application));
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        server.setHandler(context);
        server.start();
        return new RunningApi(connector.getLocalPort(), server::stop);
    }

    private static ServerConnector tlsConnector(Server server, SSLContext tls) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(tls);
        factory.setWantClientAuth(true);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(server, factory, new HttpConnectionFactory(configuration));
    }
}
