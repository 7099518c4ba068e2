package dev.latchkey.guard.jaxrs;

import dev.latchkey.guard.Guard;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;

/**
 * Guards the resources of a Jakarta REST application:
 *
 * <pre>{@code
 * public Set<Object> getSingletons() {
 *     return Set.of(GuardFeature.of(Guard.issuer("https://login.example").audience("https://orders.example").build()));
 * }
 *
 * @Path("/orders")
 * @Scopes("orders:read")
 * class Orders {
 *     @GET
 *     public String read(@Context SecurityContext security) {
 *         return "Hello " + Callers.of(security).displayName();
 *     }
 * }
 * }</pre>
 *
 * <p>Each method of a resource needs a caller unless {@code @PermitAll} says otherwise; {@code @RolesAllowed}, {@code @DenyAll},
 * {@link Scopes}, {@link StepUp} and {@link CallerOptional} on it or on its class say more. What the implementation answers
 * without a resource, 404, 405 or OPTIONS, is for everybody. The metadata of the API is served where it has some (RFC 9728).
 *
 * <p>Locators of sub-resources, methods with {@code @Path} that are of no HTTP method, are called before anybody is known, and
 * what guards is written on the class that they return. An annotation on one is an error at the start; nobody looks at those
 * of a class, or its methods, that has locators alone.
 */
public final class GuardFeature implements Feature {
    private final Guard guard;

    private GuardFeature(Guard guard) {
        this.guard = guard;
    }

    /** Guards by this guard, which whoever built it closes. */
    public static GuardFeature of(Guard guard) {
        return new GuardFeature(Objects.requireNonNull(guard));
    }

    @Override
    public boolean configure(FeatureContext context) {
        context.register(new EachMethod(guard));
        guard.metadata().ifPresent(metadata -> context.register(new MetadataFilter(metadata)));
        return true;
    }

    /** Gives each method of a resource the filter that its annotations ask for. */
    private record EachMethod(Guard guard) implements DynamicFeature {
        @Override
        public void configure(ResourceInfo resource, FeatureContext context) {
            Class<?> type = resource.getResourceClass();
            for (Method method : type.getMethods()) {
                checkLocator(method, type);
            }
            ResourceAccess access = ResourceAccess.of(resource.getResourceMethod(), type);
            if (!(access instanceof ResourceAccess.Open)) {
                context.register(new GuardFilter(guard, access));
            }
        }

        private static void checkLocator(Method method, Class<?> type) {
            List<? extends Class<? extends Annotation>> annotations = Annotated.of(method, type).onMethods().stream()
                    .map(Annotation::annotationType)
                    .toList();
            boolean locates = annotations.contains(Path.class)
                    && annotations.stream().noneMatch(each -> each.isAnnotationPresent(HttpMethod.class));
            if (locates && annotations.stream().anyMatch(ResourceAccess.GUARDING::contains)) {
                throw new IllegalStateException(
                        "an annotation guards nothing on a locator of sub-resources, put it on the"
                                + " class that is located: " + method);
            }
        }
    }
}
