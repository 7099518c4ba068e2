package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import io.undertow.Undertow;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.InetSocketAddress;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jboss.resteasy.plugins.server.undertow.UndertowJaxrsServer;
import org.jboss.resteasy.spi.ResteasyProviderFactory;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;

/** On RESTEasy, as a servlet in Undertow. */
class ResteasyContractTest extends GuardContract {
    private static final class Orders extends Application {
        private final OrdersApi api;

        Orders(OrdersApi api) {
            this.api = api;
        }

        @Override
        @SuppressWarnings("deprecation")
        public Set<Object> getSingletons() {
            return Set.of(GuardFeature.of(api.guard()), new OrdersResource(api));
        }
    }

    @Override
    protected RunningApi serve(OrdersApi api) throws Exception {
        return serve(api, Undertow.builder().addHttpListener(0, "127.0.0.1"));
    }

    @Override
    protected RunningApi serveTls(OrdersApi api, SSLContext tls) throws Exception {
        return serve(
                api,
                Undertow.builder()
                        .addHttpsListener(0, "127.0.0.1", tls)
                        .setSocketOption(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED));
    }

    private static RunningApi serve(OrdersApi api, Undertow.Builder builder) {
        RuntimeDelegate.setInstance(ResteasyProviderFactory.newInstance()); // there are two implementations in this JVM
        Server server = new Server();
        server.start(builder);
        server.deploy(new Orders(api), "/");
        return new RunningApi(server.port(), server::stop);
    }

    private static final class Server extends UndertowJaxrsServer {
        int port() {
            return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        }
    }
}
