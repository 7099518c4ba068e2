package dev.latchkey.server.http;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler of a request by its exact path and method, and turns whatever it throws into an answer; so it always
 * answers and never throws. Immutable, safe for use by many threads.
 *
 * <p>404 and 405 are refusals like all others. {@code HEAD} is answered by the {@code GET} handler, {@code OPTIONS} by the
 * router, with CORS headers for routes that are open to other origins (RFC 9700 §2.6).
 */
public final class Router implements Handler {
    /** The route label of requests to no route. */
    public static final String NO_ROUTE = "other";

    private static final Duration STORE_RETRY = Duration.ofSeconds(1);
    private static final HeaderField ANY_ORIGIN = new HeaderField("Access-Control-Allow-Origin", "*");
    private static final HeaderField EXPOSED =
            new HeaderField("Access-Control-Expose-Headers", "DPoP-Nonce, Retry-After, WWW-Authenticate, X-Request-Id");

    private final Map<String, Resource> resources = new HashMap<>();
    private final List<Route> routes;
    private final RequestObserver observer;

    public Router(Collection<Route> routes, RequestObserver observer) {
        this.routes = List.copyOf(routes);
        this.observer = observer;
        Map<String, Map<String, Route>> byPath = new TreeMap<>();
        for (Route route : routes) {
            if (byPath.computeIfAbsent(route.path(), _ -> new TreeMap<>()).put(route.method(), route) != null) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
            }
        }
        byPath.forEach((path, methods) -> {
            Resource resource = Resource.of(path, methods);
            resources.put(path, resource);
            if (methods.values().stream().anyMatch(Route::trailingSlash)) {
                resources.put(path + "/", resource);
            }
        });
    }

    /** All routes, for whoever describes them. */
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Response handle(Request request) {
        long start = System.nanoTime();
        Resource resource = resources.get(request.path());
        String label = resource == null ? NO_ROUTE : resource.path();
        Response response = answer(resource, label, request);
        observer.answered(label, request, response, System.nanoTime() - start);
        return response;
    }

    private Response answer(@Nullable Resource resource, String label, Request request) {
        if (resource == null) {
            return ErrorResponse.of(OAuthError.notFound());
        }
        Response response;
        try {
            response = resource.answer(request);
        } catch (OAuthException e) {
            response = ErrorResponse.of(e.error());
        } catch (StoreUnavailableException e) {
            observer.failed(label, request, e);
            response = ErrorResponse.of(OAuthError.temporarilyUnavailable(STORE_RETRY));
        } catch (RuntimeException | StackOverflowError e) {
            observer.failed(label, request, e);
            response = ErrorResponse.of(OAuthError.serverError());
        }
        boolean fromScript = resource.crossOrigin()
                && request.headers().first(Headers.ORIGIN).isPresent();
        return fromScript ? response.withHeader(ANY_ORIGIN).withHeader(EXPOSED) : response;
    }

    /** What is at one path: its routes by method. */
    private record Resource(String path, Map<String, Route> methods, String allow, boolean crossOrigin) {
        static Resource of(String path, Map<String, Route> methods) {
            String allow = String.join(
                    ", ",
                    methods.keySet().stream()
                            .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                            .toList());
            return new Resource(
                    path,
                    Map.copyOf(methods),
                    allow + ", OPTIONS",
                    methods.values().stream().allMatch(Route::crossOrigin));
        }

        Response answer(Request request) {
            String method = request.method();
            Route route = methods.get(method.equals("HEAD") ? "GET" : method);
            if (route != null) {
                return route.handler().handle(request);
            }
            return method.equals("OPTIONS")
                    ? options()
                    : ErrorResponse.of(OAuthError.methodNotAllowed()).withHeader("Allow", allow); // RFC 9110 §15.5.6
        }

        private Response options() {
            Response options = Response.empty(204).withHeader("Allow", allow);
            return crossOrigin
                    ? options.withHeader("Access-Control-Allow-Methods", allow)
                            .withHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP")
                            .withHeader("Access-Control-Max-Age", "600")
                    : options;
        }
    }
}
