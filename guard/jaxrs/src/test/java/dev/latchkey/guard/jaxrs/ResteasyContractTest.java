package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletInfo;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.InetSocketAddress;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jboss.resteasy.core.ResteasyDeploymentImpl;
import org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher;
import org.jboss.resteasy.spi.ResteasyDeployment;
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

    private static RunningApi serve(OrdersApi api, Undertow.Builder builder) throws Exception {
        ResteasyProviderFactory factory = ResteasyProviderFactory.newInstance();
        RuntimeDelegate.setInstance(factory); // there are two implementations in this JVM
        ResteasyDeployment deployment = new ResteasyDeploymentImpl();
        deployment.setProviderFactory(factory);
        deployment.setApplication(new Orders(api));
        ServletInfo dispatcher = Servlets.servlet("rest", HttpServlet30Dispatcher.class)
                .setLoadOnStartup(1)
                .addMapping("/*");
        DeploymentManager manager = Servlets.newContainer()
                .addDeployment(Servlets.deployment()
                        .setClassLoader(ResteasyContractTest.class.getClassLoader())
                        .setContextPath("/")
                        .setDeploymentName("orders")
                        .addServletContextAttribute(ResteasyDeployment.class.getName(), deployment)
                        .addServlet(dispatcher));
        manager.deploy();
        Undertow server = builder.setHandler(manager.start()).build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return new RunningApi(address.getPort(), () -> {
            server.stop();
            manager.stop();
            manager.undeploy();
        });
    }
}
