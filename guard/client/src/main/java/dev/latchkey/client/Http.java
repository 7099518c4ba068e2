package dev.latchkey.client;

import java.io.IOException;
import java.io.InterruptedIOException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a token server: bounded in time and size, following no redirect, over TLS unless the server is on this machine. Safe
 * for many threads.
 */
final class Http {
    private static final int MAX_BYTES = 256 * 1024;

    private final HttpClient client;
    private final Duration timeout;
    private final boolean insecureAllowHttp;

    Http(HttpClient client, Duration timeout, boolean insecureAllowHttp) {
        if (client.followRedirects() != Redirect.NEVER) {
            // what authenticates the client would go where the redirect points
            throw new IllegalArgumentException("the HTTP client must not follow redirects");
        }
        this.client = client;
        this.timeout = timeout;
        this.insecureAllowHttp = insecureAllowHttp;
    }

    /** An answer whose body has come whole. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, HttpHeaders headers, byte[] body) {
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /** @throws IOException if there is no answer, none in time, or one that is too long */
    Answer send(HttpRequest.Builder request) throws IOException {
        HttpRequest built = request.timeout(timeout).build();
        requireSafe(built.uri());
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(built, head -> new LimitedBody(MAX_BYTES));
        try {
            // the request's own timeout ends with the headers of the answer; this one ends with its body
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException("no answer in " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause() == null ? e : e.getCause()), e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** @throws IllegalArgumentException if somebody on the way could read what is sent */
    void requireSafe(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("https") || (scheme.equals("http") && mayBePlain(uri)))) {
            throw new IllegalArgumentException("not an https address: " + uri);
        }
    }

    private boolean mayBePlain(URI uri) {
        return insecureAllowHttp || List.of("localhost", "127.0.0.1", "[::1]").contains(uri.getHost());
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
