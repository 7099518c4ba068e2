package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.contract.GuardContract;
import dev.latchkey.guard.contract.OrdersApi;
import dev.latchkey.guard.contract.RunningApi;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;

/** On Jersey, in Grizzly, which shows no certificates. */
class JerseyContractTest extends GuardContract {
    @Override
    protected RunningApi serve(OrdersApi api) {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl()); // there are two implementations in this JVM
        ResourceConfig application =
                new ResourceConfig().register(GuardFeature.of(api.guard())).register(new OrdersResource(api));
        HttpServer server = GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), application);
        return new RunningApi(server.getListener("grizzly").getPort(), server::shutdownNow);
    }
}
