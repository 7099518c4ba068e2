package dev.latchkey.guard.helidon;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Decision.Refused;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.RefusedAnswer;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * Protects the routes of a Helidon SE server.
 *
 * <pre>{@code
 * HelidonGuard api = HelidonGuard.of(Guard.issuer("https://login.example").audience("https://orders.example").build());
 * routing.addFeature(api)
 *         .get("/orders", api.protect(Access.authenticated().scopes("orders:read"), (request, response, caller) ->
 *                 response.send("Hello " + caller.displayName())))
 *         .any("/admin/*", api.require(Access.authenticated().roles("admin")))
 *         .register("/admin", new AdminService());
 * }</pre>
 *
 * <p>As a feature of the routing it publishes the metadata of the API. Safe for many threads.
 */
public final class HelidonGuard implements HttpFeature {
    private final Guard guard;

    private HelidonGuard(Guard guard) {
        this.guard = guard;
    }

    /** Protects by this guard, which whoever built it closes. */
    public static HelidonGuard of(Guard guard) {
        return new HelidonGuard(Objects.requireNonNull(guard));
    }

    /** Publishes whose tokens are taken, if the guard has the name of a resource (RFC 9728). */
    @Override
    public void setup(HttpRouting.Builder routing) {
        guard.metadata()
                .ifPresent(metadata -> routing.get(metadata.path(), (request, response) -> {
                    response.header("Content-Type", "application/json");
                    response.send(metadata.body().getBytes(StandardCharsets.UTF_8));
                }));
    }

    /**
     * The handler, for callers that have this access. It is told who calls.
     *
     * @throws IllegalArgumentException if the access is optional: there may be no caller then, {@link #require} is for that
     */
    public Handler protect(Access access, CallerHandler handler) {
        if (!access.required()) {
            throw new IllegalArgumentException("where access is optional there may be no caller to tell");
        }
        return (request, response) -> {
            if (admit(request, response, access)) {
                handler.handle(request, response, caller(request).orElseThrow());
            }
        };
    }

    /** A handler to stand before others: requests that have this access go on to them, with their {@link #caller}. */
    public Handler require(Access access) {
        return (request, response) -> {
            if (admit(request, response, access)) {
                response.next();
            }
        };
    }

    /** The same for all that the server serves. */
    public Filter filter(Access access) {
        return (chain, request, response) -> {
            if (admit(request, response, access)) {
                chain.proceed();
            }
        };
    }

    /** Who sent this request, from its context; empty where nobody is known. */
    public static Optional<Caller> caller(ServerRequest request) {
        return request.context().get(Caller.class);
    }

    private boolean admit(ServerRequest request, ServerResponse response, Access access) {
        Decision decision = request.context()
                .get(guard, Caller.class)
                .map(known -> guard.authorize(Optional.of(known), access))
                .orElseGet(() -> guard.check(new RoutedRequest(request), access));
        if (decision instanceof Refused refused) {
            refuse(response, refused.answer());
            return false;
        }
        decision.caller().ifPresent(caller -> {
            request.context().register(caller);
            request.context().register(guard, caller);
        });
        return true;
    }

    private static void refuse(ServerResponse response, RefusedAnswer answer) {
        response.status(answer.status());
        for (RefusedAnswer.Header header : answer.headers()) {
            response.headers().add(HeaderValues.create(header.name(), header.value()));
        }
        response.send(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
