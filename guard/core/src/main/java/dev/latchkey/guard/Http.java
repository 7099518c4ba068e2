package dev.latchkey.guard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Asks issuers for documents: bounded in time and size, following no redirect, over TLS unless the issuer is on this machine.
 * Safe for many threads.
 */
final class Http {
    private final HttpClient client;
    private final Duration timeout;
    private final boolean insecureAllowHttp;

    Http(HttpClient client, Duration timeout, boolean insecureAllowHttp) {
        if (client.followRedirects() != Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects");
        }
        this.client = client;
        this.timeout = timeout;
        this.insecureAllowHttp = insecureAllowHttp;
    }

    /** An answer whose body has come whole. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, HttpHeaders headers, byte[] body) {}

    Duration timeout() {
        return timeout;
    }

    /**
     * The answer, or the failure, within the timeout.
     *
     * @param maxBytes of the body; a longer one is a failure, and is not read to its end
     */
    CompletableFuture<Answer> send(HttpRequest.Builder request, int maxBytes) {
        HttpRequest built = request.timeout(timeout).build();
        requireSafe(built.uri());
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(built, head -> new LimitedBody(maxBytes));
        // the request's own timeout ends with the headers of the answer; this one ends with its body
        CompletableFuture<Answer> answer =
                exchange.thenApply(response -> new Answer(response.statusCode(), response.headers(), response.body()));
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> exchange.cancel(true));
    }

    HttpRequest.Builder get(URI uri) {
        return HttpRequest.newBuilder(uri).header("Accept", "application/json, */*;q=0.1");
    }

    /** @throws IllegalArgumentException if somebody on the way could change the answer */
    void requireSafe(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("https") || (scheme.equals("http") && mayBePlain(uri)))) {
            throw new IllegalArgumentException("not an https address: " + uri);
        }
    }

    private boolean mayBePlain(URI uri) {
        return insecureAllowHttp || List.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
    }

    /** What the failure of a request is about, in a few words. */
    static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** The body of a good answer. */
    static byte[] body(Answer answer, URI from) {
        if (answer.status() != 200) {
            throw new CompletionException(new IOException(from + " answered " + answer.status()));
        }
        return answer.body();
    }
}
