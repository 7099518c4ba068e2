package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.RefusedAnswer;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;

/** Guards one method of a resource. */
@Priority(Priorities.AUTHENTICATION)
final class GuardFilter implements ContainerRequestFilter {
    private final Guard guard;
    private final ResourceAccess access;

    GuardFilter(Guard guard, ResourceAccess access) {
        this.guard = guard;
        this.access = access;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Access needed = access instanceof ResourceAccess.Guarded guarded ? guarded.access() : Access.authenticated();
        Decision decision = guard.check(new RestRequest(request), needed);
        if (decision instanceof Decision.Refused refused) {
            request.abortWith(response(refused.answer()));
        } else if (access instanceof ResourceAccess.Closed) {
            request.abortWith(response(guard.deny(needed)));
        } else {
            boolean secure = "https".equals(request.getUriInfo().getRequestUri().getScheme());
            decision.caller().ifPresent(caller -> request.setSecurityContext(new CallerContext(caller, secure)));
        }
    }

    private static Response response(RefusedAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(header -> response.header(header.name(), header.value()));
        return response.build();
    }
}
