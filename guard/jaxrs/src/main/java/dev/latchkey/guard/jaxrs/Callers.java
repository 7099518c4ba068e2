package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/** Takes the caller out of the {@code @Context SecurityContext} of a resource. */
public final class Callers {
    private Callers() {}

    /**
     * Who calls.
     *
     * @throws IllegalStateException if nobody is known: the method has {@code @PermitAll}, or it is {@link CallerOptional}
     */
    public static Caller of(SecurityContext security) {
        return find(security)
                .orElseThrow(() -> new IllegalStateException("this method is open to nobody in particular"));
    }

    /** Who calls, if that is known. */
    public static Optional<Caller> find(SecurityContext security) {
        return security.getUserPrincipal() instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }
}
