package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.jaxrs.Annotated.Found;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the annotations of a resource's method ask of its caller. Each counts on the method in place of the same one on its
 * class; {@code @PermitAll} and {@code @DenyAll} count unless another stands nearer, {@code @CallerOptional} unless one does
 * that asks for something.
 */
sealed interface ResourceAccess {
    List<Class<? extends Annotation>> DEMANDING = List.of(RolesAllowed.class, Scopes.class, StepUp.class);

    List<Class<? extends Annotation>> ASKING =
            List.of(RolesAllowed.class, Scopes.class, StepUp.class, CallerOptional.class);

    /** All that say anything. */
    Set<Class<? extends Annotation>> GUARDING = Set.of(
            RolesAllowed.class, Scopes.class, StepUp.class, CallerOptional.class, PermitAll.class, DenyAll.class);

    /** For everybody; nobody looks at credentials. */
    record Open() implements ResourceAccess {}

    /** For nobody. */
    record Closed() implements ResourceAccess {}

    record Guarded(Access access) implements ResourceAccess {}

    /**
     * Reads them. A method without any needs a caller.
     *
     * @throws IllegalStateException if they contradict each other
     */
    static ResourceAccess of(Method method, Class<?> type) {
        Annotated annotated = Annotated.of(method, type);
        int open = annotated.distance(List.of(PermitAll.class));
        int closed = annotated.distance(List.of(DenyAll.class));
        int guarded = annotated.distance(ASKING);
        int nearest = Math.min(guarded, Math.min(open, closed));
        if (nearest == Integer.MAX_VALUE) {
            return new Guarded(Access.authenticated());
        }
        if ((nearest == open ? 1 : 0) + (nearest == closed ? 1 : 0) + (nearest == guarded ? 1 : 0) > 1) {
            throw contradiction(method);
        }
        if (nearest == guarded) {
            return guarded(annotated, method);
        }
        return nearest == open ? new Open() : new Closed();
    }

    private static IllegalStateException contradiction(Method method) {
        return new IllegalStateException("the annotations contradict each other that guard " + method);
    }

    private static ResourceAccess guarded(Annotated annotated, Method method) {
        int optional = annotated.distance(List.of(CallerOptional.class));
        int demanded = annotated.distance(DEMANDING);
        if (optional == demanded) {
            throw contradiction(method);
        }
        Access access = optional < demanded ? Access.optional() : Access.authenticated();
        Found<Scopes> scopes = annotated.find(Scopes.class);
        if (scopes != null) {
            access = access.scopes(scopes.annotation().value());
        }
        Found<RolesAllowed> roles = annotated.find(RolesAllowed.class);
        if (roles != null) {
            if (roles.annotation().value().length == 0) {
                return new Closed(); // one of no roles
            }
            access = access.roles(roles.annotation().value());
        }
        Found<StepUp> login = annotated.find(StepUp.class);
        if (login != null) {
            access = access.acr(login.annotation().acr());
            long seconds = login.annotation().maxAgeSeconds();
            access = seconds < 0 ? access : access.maxAge(Duration.ofSeconds(seconds));
        }
        return new Guarded(access);
    }
}
