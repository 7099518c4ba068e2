package dev.latchkey.testkit;

import dev.latchkey.token.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Asks the server as any client does. Makes its connections when they are first needed. */
final class Http implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private @Nullable HttpClient client;

    HttpResponse<String> get(String url, String... headers) {
        return send(request(url, headers));
    }

    HttpResponse<String> post(String url, Map<String, String> form, String... headers) {
        return send(request(url, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(form))));
    }

    /** The members of an answer that went well; a refusal is thrown. */
    static Map<String, Object> members(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 == 2) {
            return Json.parseObject(answer.body());
        }
        throw refused(answer);
    }

    static RefusedException refused(HttpResponse<String> answer) {
        boolean json = answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/json"))
                .isPresent();
        Map<String, Object> members = json ? Json.parseObject(answer.body()) : Map.of();
        return new RefusedException(
                answer.statusCode(),
                String.valueOf(members.getOrDefault("error", "")),
                String.valueOf(members.getOrDefault("error_description", "no description")));
    }

    static String form(Map<String, String> fields) {
        StringJoiner form = new StringJoiner("&");
        fields.forEach((name, value) -> form.add(encode(name) + "=" + encode(value)));
        return form.toString();
    }

    /** A client's id and secret in a header (RFC 6749 §2.3.1). */
    static String basic(String clientId, String secret) {
        String pair = encode(clientId) + ":" + encode(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder request(String url, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client().send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the server", e);
        }
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
