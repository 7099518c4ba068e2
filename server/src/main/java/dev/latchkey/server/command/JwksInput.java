package dev.latchkey.server.command;

import dev.latchkey.token.JsonException;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A key set from a file or URL. A URL is fetched once, within time and size, without following redirects. */
final class JwksInput {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 256 << 10;

    private JwksInput() {}

    static JwkSet read(String source) {
        boolean remote = source.startsWith("https://") || source.startsWith("http://");
        String text = remote ? fetch(source) : SecretText.readFile(source);
        try {
            JwkSet keys = text.contains("-----BEGIN") ? JwkSet.of(KeyText.read(source, Optional.empty())) : parse(text);
            if (keys.keys().isEmpty()) {
                throw CommandException.refused(source + " has no key that could verify a token");
            }
            return keys;
        } catch (IllegalArgumentException e) {
            throw CommandException.refused(source + " is not a key set: " + e.getMessage());
        }
    }

    private static JwkSet parse(String text) {
        try {
            return JwkSet.parse(text);
        } catch (JsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            return JwkSet.of(Jwk.parse(text));
        }
    }

    private static String fetch(String url) {
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(TIMEOUT)
                    .header("Accept", "application/jwk-set+json, application/json")
                    .build();
            try {
                HttpResponse<String> response = client.sendAsync(
                                request,
                                HttpResponse.BodyHandlers.limiting(
                                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BYTES))
                        .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                if (response.statusCode() != 200) {
                    throw CommandException.refused(url + " answered with status " + response.statusCode());
                }
                return response.body();
            } finally {
                client.shutdownNow();
            }
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(url + " is not a URL");
        } catch (TimeoutException e) {
            throw CommandException.refused(url + " did not answer within " + TIMEOUT.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw CommandException.refused(
                    "cannot fetch " + url + ": it cannot be reached, or its answer is too large");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.refused("interrupted");
        }
    }
}
