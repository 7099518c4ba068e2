package dev.latchkey.bench.guard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.httpserver.HttpGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** On the JDK's own HTTP server, with virtual threads: by itself it has one thread. */
final class JdkApi implements ApiProgram.Api {
    @Override
    public void start(int port, @Nullable Guard guard) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        HttpHandler order = JdkApi::order;
        server.createContext("/health", order);
        server.createContext(
                "/orders/", guard == null ? order : HttpGuard.of(guard).protect(ApiProgram.READ, order));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private static void order(HttpExchange exchange) throws IOException {
        byte[] body = ApiProgram.order();
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
