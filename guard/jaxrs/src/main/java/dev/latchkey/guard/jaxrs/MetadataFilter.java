package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.ProtectedResource;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;

/** Serves the metadata of the API to everybody (RFC 9728 §3), if the application is served at the root of its host. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class MetadataFilter implements ContainerRequestFilter {
    private final ProtectedResource metadata;

    MetadataFilter(ProtectedResource metadata) {
        this.metadata = metadata;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (reading && request.getUriInfo().getRequestUri().getRawPath().equals(metadata.path())) {
            request.abortWith(Response.ok(metadata.body())
                    .header("Content-Type", "application/json")
                    .build());
        }
    }
}
