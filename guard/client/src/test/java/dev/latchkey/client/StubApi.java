package dev.latchkey.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** An API that takes some tokens, and says which it was sent. */
public final class StubApi implements AutoCloseable {
    private final HttpServer server;
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private volatile Predicate<String> takes = token -> true;
    private volatile String refusal = "Bearer realm=\"orders\", error=\"invalid_token\"";

    public StubApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public StubApi taking(Predicate<String> tokens) {
        takes = tokens;
        return this;
    }

    public StubApi refusingBy(String challenge) {
        refusal = challenge;
        return this;
    }

    /** Method, token and body of each request. */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            List<String> authorization =
                    Objects.requireNonNullElse(exchange.getRequestHeaders().get("Authorization"), List.of());
            String token = String.join("+", authorization).replace("Bearer ", "");
            seen.add((exchange.getRequestMethod() + " " + token + " " + body).strip());
            boolean taken = takes.test(token);
            if (!taken) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "DPoP algs=\"ES256\"");
                exchange.getResponseHeaders().add("WWW-Authenticate", refusal);
            }
            byte[] answer = (taken ? "served" : "refused").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(taken ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
