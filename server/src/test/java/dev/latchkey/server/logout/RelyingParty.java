package dev.latchkey.server.logout;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An application that takes logout tokens, at a port of this machine. */
public final class RelyingParty implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

    /** What came to a path. */
    public record Received(String path, String contentType, String body) {
        public String logoutToken() {
            if (!body.startsWith("logout_token=")) {
                throw new AssertionError("no logout token: " + body);
            }
            return URLDecoder.decode(body.substring("logout_token=".length()), StandardCharsets.UTF_8);
        }
    }

    public RelyingParty() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::take);
        http.setExecutor(threads);
        http.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        Integer status = answers.poll();
        received.add(new Received(exchange.getRequestURI().getPath(), contentType, body));
        exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        exchange.close();
    }

    public String url(String path) {
        return "http://localhost:" + http.getAddress().getPort() + path;
    }

    /** The status of the next answer that has none yet; 200 where nothing is said. */
    public void answer(int status) {
        answers.add(status);
    }

    /** Waits for what comes next. */
    public Received next() {
        try {
            Received next = received.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many came that nobody has looked at. */
    public int waiting() {
        return received.size();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
