package dev.latchkey.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;

/**
 * Sends requests to one API, each with an access token.
 *
 * <pre>{@code
 * AuthorizedHttpClient orders = AuthorizedHttpClient.of(HttpClient.newHttpClient(), source, "https://orders.example");
 * HttpResponse<String> answer = orders.send(HttpRequest.newBuilder(orders.uri("/orders/7")).build(), BodyHandlers.ofString());
 * }</pre>
 *
 * <p>A request for another origin is refused, so that no token is sent to strangers. If the API refuses the token itself
 * ({@code invalid_token}), the request is sent once more with another one, unless its body cannot be sent twice. Safe for
 * many threads.
 */
public final class AuthorizedHttpClient {
    private final HttpClient client;
    private final TokenSource source;
    private final Origin origin;
    private final String base;

    private AuthorizedHttpClient(HttpClient client, TokenSource source, String base) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects: the token would go along");
        }
        this.client = client;
        this.source = source;
        this.origin = Origin.of(base);
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /**
     * Sends by this client.
     *
     * @param base the address of the API: of what has the same scheme, host and port tokens are sent to
     */
    public static AuthorizedHttpClient of(HttpClient client, TokenSource source, String base) {
        return new AuthorizedHttpClient(client, source, base);
    }

    /** The address of the API with this path and query. */
    public URI uri(String path) {
        return URI.create(base + (path.startsWith("/") ? path : "/" + path));
    }

    /**
     * The answer of the API.
     *
     * @throws IllegalArgumentException if the request is for somebody else
     * @throws TokenException if there is no token to send
     */
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> bodyHandler)
            throws IOException, InterruptedException {
        origin.require(request.uri());
        String token = source.token();
        HttpResponse<T> response = client.send(authorized(request, token), bodyHandler);
        if (!InvalidToken.isIn(response.statusCode(), response.headers().allValues("WWW-Authenticate"))) {
            return response;
        }
        source.invalidate(token);
        if (!canBeSentAgain(request)) {
            return response;
        }
        String next;
        try {
            next = source.token();
        } catch (TokenException e) {
            return response; // the refusal tells more than that there is no other token now, and holds a connection
        }
        if (next.equals(token)) {
            return response;
        }
        if (response.body() instanceof AutoCloseable open) {
            close(open);
        }
        return client.send(authorized(request, next), bodyHandler);
    }

    private static HttpRequest authorized(HttpRequest request, String token) {
        return HttpRequest.newBuilder(request, (name, value) -> !name.equalsIgnoreCase("Authorization"))
                .setHeader("Authorization", "Bearer " + token)
                .build();
    }

    /** A refused request was not served, whatever its method; a body out of a stream is gone (its length is not known). */
    private static boolean canBeSentAgain(HttpRequest request) {
        return request.bodyPublisher().map(body -> body.contentLength() >= 0).orElse(true);
    }

    private static void close(AutoCloseable open) throws IOException {
        try {
            open.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public String toString() {
        return "AuthorizedHttpClient[" + base + ", " + source + "]";
    }
}
