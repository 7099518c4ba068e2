package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.contract.OrdersApi;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** The contract's API as resources. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class OrdersResource {
    private final OrdersApi api;

    OrdersResource(OrdersApi api) {
        this.api = api;
    }

    @GET
    @Path("public")
    @PermitAll
    public String open() {
        return api.open();
    }

    @GET
    @Path("me")
    public String me(@Context SecurityContext security) {
        return api.me(Callers.of(security));
    }

    @GET
    @Path("orders")
    @Scopes("orders:read")
    public String orders(@Context SecurityContext security) {
        return api.me(Callers.of(security));
    }

    @POST
    @Path("orders")
    @Scopes({"orders:read", "orders:write"})
    public String place(String body, @Context SecurityContext security) {
        return api.place(body, Callers.of(security));
    }

    @GET
    @Path("orders/{id}")
    @Scopes("orders:read")
    public String order(@PathParam("id") String id, @Context SecurityContext security) {
        return api.order(id, Callers.of(security));
    }

    @GET
    @Path("admin")
    @RolesAllowed({"admin", "owner"})
    public String admin(@Context SecurityContext security) {
        return api.me(Callers.of(security));
    }

    @GET
    @Path("optional")
    @CallerOptional
    public String greet(@Context SecurityContext security) {
        return api.greet(Callers.find(security));
    }

    @GET
    @Path("step-up")
    @StepUp(acr = "urn:example:two-factor", maxAgeSeconds = 300)
    public String stepUp(@Context SecurityContext security) {
        return api.me(Callers.of(security));
    }
}
