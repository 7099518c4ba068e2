package dev.latchkey.bench.guard;

import dev.latchkey.guard.Guard;
import dev.latchkey.guard.jaxrs.GuardFeature;
import dev.latchkey.guard.jaxrs.Scopes;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.net.URI;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

/** On Jersey, which is on Grizzly. */
final class JerseyApi implements ApiProgram.Api {
    @Override
    public void start(int port, @Nullable Guard guard) {
        ResourceConfig application = new ResourceConfig().register(new Orders());
        if (guard != null) {
            application.register(GuardFeature.of(guard));
        }
        GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:" + port + "/"), application);
    }

    /** The resource. */
    @Path("/")
    @Produces("application/json")
    public static final class Orders {
        @GET
        @Path("health")
        @PermitAll
        public byte[] health() {
            return ApiProgram.order();
        }

        @GET
        @Path("orders/{id}")
        @Scopes("orders:read")
        public byte[] order() {
            return ApiProgram.order();
        }
    }
}
