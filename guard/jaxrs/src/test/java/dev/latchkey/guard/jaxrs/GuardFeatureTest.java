package dev.latchkey.guard.jaxrs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.guard.ApiKeys;
import dev.latchkey.guard.Guard;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.Map;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.junit.jupiter.api.Test;

class GuardFeatureTest {
    public static class Lines {
        @GET
        public String read() {
            return "1 pencil";
        }
    }

    @Path("/orders")
    public static class Orders {
        @GET
        @RolesAllowed("admin")
        public String read() {
            return "7 orders";
        }

        @Path("{id}/lines")
        public Lines lines(@PathParam("id") String id) {
            return new Lines();
        }
    }

    @Path("/orders")
    public static class AnnotatedLocator {
        @GET
        public String read() {
            return "7 orders";
        }

        @Path("{id}/lines")
        @RolesAllowed("admin")
        public Lines lines(@PathParam("id") String id) {
            return new Lines();
        }
    }

    public interface Located {
        @Path("{id}/lines")
        Lines lines(@PathParam("id") String id);
    }

    @Path("/orders")
    public static class AnnotatedBelow implements Located {
        @GET
        public String read() {
            return "7 orders";
        }

        @Override
        @Scopes("lines:read")
        public Lines lines(String id) {
            return new Lines();
        }
    }

    @Test
    void leavesLocatorsAlone() {
        assertThatCode(() -> start(Orders.class)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnAnnotationThatWouldGuardNothing() {
        for (Class<?> resource : new Class<?>[] {AnnotatedLocator.class, AnnotatedBelow.class}) {
            assertThatThrownBy(() -> start(resource))
                    .as(resource.getSimpleName())
                    .hasStackTraceContaining("guards nothing")
                    .hasStackTraceContaining("lines");
        }
    }

    private static void start(Class<?> resource) {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl()); // there are two implementations in this JVM
        try (Guard guard =
                Guard.withoutTokens().apiKey("X-API-Key", ApiKeys.of(Map.of())).build()) {
            new ApplicationHandler(new ResourceConfig(resource).register(GuardFeature.of(guard)));
        }
    }
}
