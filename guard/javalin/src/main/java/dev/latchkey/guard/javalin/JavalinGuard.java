package dev.latchkey.guard.javalin;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Decision.Refused;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.ProtectedResource;
import dev.latchkey.guard.RefusedAnswer;
import dev.latchkey.guard.servlet.IncomingRequest;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Protects the routes of Javalin, each by a handler around its own,
 *
 * <pre>{@code
 * JavalinGuard api = JavalinGuard.of(Guard.issuer("https://login.example").audience("https://orders.example").build());
 * config.routes.get("/orders", api.protect(Access.authenticated().scopes("orders:read"), (context, caller) ->
 *         context.result("Hello " + caller.displayName())));
 * }</pre>
 *
 * <p>or all by their roles, a caller being asked of those that say nothing:
 *
 * <pre>{@code
 * config.routes.beforeMatched(api);
 * config.routes.get("/health", context -> context.result("up"), Needs.NOTHING);
 * config.routes.get("/orders", orders::list, new Needs(Access.authenticated().scopes("orders:read")));
 * }</pre>
 *
 * <p>WebSockets are not looked at. Safe for many threads.
 */
public final class JavalinGuard implements Handler {
    private static final String CALLER = JavalinGuard.class.getName() + ".caller";

    /** Who was let in, and by whom. */
    private record Known(Guard guard, Caller caller) {}

    private final Guard guard;

    private JavalinGuard(Guard guard) {
        this.guard = guard;
    }

    /** Protects by this guard, which whoever built it closes. */
    public static JavalinGuard of(Guard guard) {
        return new JavalinGuard(Objects.requireNonNull(guard));
    }

    /**
     * The handler, for callers that have this access. It is told who calls.
     *
     * @throws IllegalArgumentException if the access is optional: there may be no caller then, {@link #protect(Access,
     *     Handler)} is for that
     */
    public Handler protect(Access access, CallerHandler handler) {
        if (!access.required()) {
            throw new IllegalArgumentException("where access is optional there may be no caller to tell");
        }
        return protect(
                access, context -> handler.handle(context, caller(context).orElseThrow()));
    }

    /** The handler, for requests that have this access; it finds the {@link #caller} in its context. */
    public Handler protect(Access access, Handler handler) {
        return context -> {
            if (admit(context, access)) {
                handler.handle(context);
            }
        };
    }

    /** Looks at what the route {@link Needs}, to be called before all that are matched. */
    @Override
    public void handle(Context context) {
        List<Needs> needs = context.routeRoles().stream()
                .filter(Needs.class::isInstance)
                .map(Needs.class::cast)
                .toList();
        if (needs.isEmpty()) {
            admit(context, Access.authenticated());
            return;
        }
        for (Needs each : needs) {
            Access access = each.access();
            if (access != null && !admit(context, access)) {
                return;
            }
        }
    }

    /** Who sent this request; empty where nobody is known. */
    public static Optional<Caller> caller(Context context) {
        Known known = known(context);
        return known == null ? Optional.empty() : Optional.of(known.caller());
    }

    /** Where to serve the {@link #metadata}. */
    public String metadataPath() {
        return resource().path();
    }

    /** A handler that publishes whose tokens are taken (RFC 9728). */
    public Handler metadata() {
        ProtectedResource resource = resource();
        return context -> {
            context.res().setHeader("Content-Type", "application/json");
            context.result(resource.body().getBytes(StandardCharsets.UTF_8));
        };
    }

    private ProtectedResource resource() {
        return guard.metadata().orElseThrow(() -> new IllegalStateException("the guard has no resource(…)"));
    }

    private boolean admit(Context context, Access access) {
        Known known = known(context);
        Decision decision = known != null && known.guard().equals(guard)
                ? guard.authorize(Optional.of(known.caller()), access)
                : guard.check(new IncomingRequest(context.req()), access);
        if (decision instanceof Refused refused) {
            refuse(context, refused.answer());
            return false;
        }
        decision.caller().ifPresent(caller -> context.attribute(CALLER, new Known(guard, caller)));
        return true;
    }

    private static @Nullable Known known(Context context) {
        return context.req().getAttribute(CALLER) instanceof Known known ? known : null;
    }

    private static void refuse(Context context, RefusedAnswer answer) {
        HttpServletResponse response = context.res();
        context.status(answer.status());
        for (RefusedAnswer.Header header : answer.headers()) {
            if (header.name().equals("WWW-Authenticate")) {
                response.addHeader(header.name(), header.value()); // one for each scheme
            } else {
                response.setHeader(header.name(), header.value());
            }
        }
        context.result(answer.body().getBytes(StandardCharsets.UTF_8));
        context.skipRemainingHandlers();
    }
}
