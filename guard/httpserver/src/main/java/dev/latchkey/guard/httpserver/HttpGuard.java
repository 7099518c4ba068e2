package dev.latchkey.guard.httpserver;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.guard.Access;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Decision.Refused;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.ProtectedResource;
import dev.latchkey.guard.RefusedAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Protects what the JDK's {@link HttpServer} serves.
 *
 * <pre>{@code
 * HttpGuard api = HttpGuard.of(Guard.issuer("https://login.example").audience("https://orders.example").build());
 * server.createContext("/orders", api.protect(Access.authenticated().scopes("orders:read"), (exchange, caller) ->
 *         send(exchange, "Hello " + caller.displayName())));
 * }</pre>
 *
 * <p>A context answers all methods and everything below its path, and all that is protected. Safe for many threads.
 */
public final class HttpGuard {
    private final Guard guard;

    private HttpGuard(Guard guard) {
        this.guard = guard;
    }

    /** Protects by this guard, which whoever built it closes. */
    public static HttpGuard of(Guard guard) {
        return new HttpGuard(Objects.requireNonNull(guard));
    }

    /**
     * The handler, for callers that have this access. It is told who calls.
     *
     * @throws IllegalArgumentException if the access is optional: there may be no caller then, {@link #protect(Access,
     *     HttpHandler)} is for that
     */
    public HttpHandler protect(Access access, CallerHandler handler) {
        if (!access.required()) {
            throw new IllegalArgumentException("where access is optional there may be no caller to tell");
        }
        return protect(
                access, exchange -> handler.handle(exchange, caller(exchange).orElseThrow()));
    }

    /** The handler, for requests that have this access; it finds the {@link #caller} in its exchange. */
    public HttpHandler protect(Access access, HttpHandler handler) {
        return exchange -> {
            HttpExchange admitted = admit(exchange, access);
            if (admitted != null) {
                handler.handle(admitted);
            }
        };
    }

    /** The same as a filter, for a context that has its handler already. */
    public Filter filter(Access access) {
        return new Filter() {
            @Override
            public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
                HttpExchange admitted = admit(exchange, access);
                if (admitted != null) {
                    chain.doFilter(admitted);
                }
            }

            @Override
            public String description() {
                return "lets in whom the API is meant for";
            }
        };
    }

    /**
     * Who sent this request; empty where nobody is known, which happens in handlers whose access is optional, and in those that
     * are not protected. Of the exchange that the protected handler was given: its principal, {@link CallerPrincipal}.
     */
    public static Optional<Caller> caller(HttpExchange exchange) {
        return exchange.getPrincipal() instanceof CallerPrincipal principal
                ? Optional.of(principal.caller())
                : Optional.empty();
    }

    /** Publishes whose tokens are taken, if the guard has the name of a resource (RFC 9728). */
    public HttpGuard publishMetadata(HttpServer server) {
        guard.metadata()
                .ifPresent(metadata -> server.createContext(metadata.path(), exchange -> publish(metadata, exchange)));
        return this;
    }

    /** The exchange to go on with; null if it was refused and answered. */
    private @Nullable HttpExchange admit(HttpExchange exchange, Access access) throws IOException {
        Decision decision = exchange.getPrincipal() instanceof CallerPrincipal known && known.isOf(guard)
                ? guard.authorize(Optional.of(known.caller()), access)
                : guard.check(new ExchangeRequest(exchange), access);
        if (decision instanceof Refused refused) {
            refuse(exchange, refused.answer());
            return null;
        }
        Optional<Caller> caller = decision.caller();
        return caller.isPresent() ? new AdmittedExchange(exchange, new CallerPrincipal(caller.get(), guard)) : exchange;
    }

    private static void refuse(HttpExchange exchange, RefusedAnswer answer) throws IOException {
        for (RefusedAnswer.Header header : answer.headers()) {
            exchange.getResponseHeaders().add(header.name(), header.value());
        }
        send(exchange, answer.status(), answer.body());
    }

    private static void publish(ProtectedResource metadata, HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getRawPath().equals(metadata.path())) {
            send(exchange, 404, ""); // contexts are found by the beginning of the path
            return;
        }
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            send(exchange, 405, "");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, 200, metadata.body());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean bodiless = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        try (exchange) {
            exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
            if (!bodiless) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
