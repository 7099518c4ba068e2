package dev.latchkey.guard.javalin;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The contract's API on Javalin. */
final class OrdersRoutes {
    private OrdersRoutes() {}

    static RunningApi started(BiConsumer<JavalinConfig, JavalinGuard> routes, OrdersApi api) {
        JavalinGuard guard = JavalinGuard.of(api.guard());
        Javalin javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    if (api.guard().metadata().isPresent()) {
                        config.routes.get(guard.metadataPath(), guard.metadata(), Needs.NOTHING);
                    }
                    routes.accept(config, guard);
                })
                .start("127.0.0.1", 0);
        return new RunningApi(javalin.port(), javalin::stop);
    }

    /** The same by TLS, asking for the client's certificate. */
    static RunningApi startedTls(BiConsumer<JavalinConfig, JavalinGuard> routes, OrdersApi api, SSLContext tls) {
        return started(
                (config, guard) -> {
                    config.jetty.addConnector((server, http) -> connector(server, tls));
                    routes.accept(config, guard);
                },
                api);
    }

    private static ServerConnector connector(Server server, SSLContext tls) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setSslContext(tls);
        factory.setWantClientAuth(true);
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector = new ServerConnector(server, factory, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        return connector;
    }

    static void send(Context context, String json) {
        context.contentType("application/json");
        context.result(json.getBytes(StandardCharsets.UTF_8));
    }

    static Needs needs(Access access) {
        return new Needs(access);
    }
}
