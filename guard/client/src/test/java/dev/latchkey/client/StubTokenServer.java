package dev.latchkey.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A token server that answers as a test wants. */
final class StubTokenServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger tokens = new AtomicInteger();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<Asked, Reply> behaviour = request -> token();

    record Asked(String path, Map<String, String> headers, Map<String, List<String>> form) {
        String one(String name) {
            return String.join(" ", form.getOrDefault(name, List.of()));
        }
    }

    record Reply(int status, Map<String, String> headers, String body) {}

    StubTokenServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    StubTokenServer answering(Function<Asked, Reply> next) {
        behaviour = next;
        return this;
    }

    /** The next token, for a hundred seconds. */
    Reply token() {
        return json(
                200,
                "{\"access_token\":\"token-" + tokens.incrementAndGet()
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":100}");
    }

    static Reply json(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    /** The token requests so far. */
    List<Asked> asked() {
        synchronized (asked) {
            return asked.stream()
                    .filter(request -> !request.path().startsWith("/.well-known"))
                    .toList();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            Asked request = new Asked(exchange.getRequestURI().getPath(), headers, form(body));
            asked.add(request);
            Reply reply = request.path().startsWith("/.well-known/oauth-authorization-server")
                    ? json(200, "{\"issuer\":\"" + issuer() + "\",\"token_endpoint\":\"" + issuer() + "/token\"}")
                    : behaviour.apply(request);
            if (reply.status() > 0) {
                byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                reply.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static Map<String, List<String>> form(String body) {
        return Stream.of(body.split("&"))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.groupingBy(
                        pair -> pair[0],
                        Collectors.mapping(
                                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8), Collectors.toList())));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
