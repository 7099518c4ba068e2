package dev.latchkey.guard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.token.Json;
import dev.latchkey.token.JwkSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer's web server: metadata and keys, and what a test puts beside them. */
final class IssuerServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

    /** Answers a request. */
    interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    IssuerServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.computeIfAbsent(path, each -> new AtomicInteger()).incrementAndGet();
            try (exchange) {
                pages.getOrDefault(path, status(404)).answer(exchange);
            }
        });
        server.start();
        page("/.well-known/openid-configuration", json(Map.of("issuer", url(), "jwks_uri", url() + "/jwks")));
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    IssuerServer page(String path, Page page) {
        pages.put(path, page);
        return this;
    }

    IssuerServer keys(JwkSet keys) {
        return page("/jwks", json(keys.toPublicMap()));
    }

    /** How often the path was asked for. */
    int requests(String path) {
        return requests.getOrDefault(path, new AtomicInteger()).get();
    }

    static Page json(Object value) {
        return text("application/json", Json.write(value));
    }

    static Page text(String type, String text) {
        return exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    static Page status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
