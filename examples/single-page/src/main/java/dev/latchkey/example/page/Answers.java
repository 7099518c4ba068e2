package dev.latchkey.example.page;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.token.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends answers. */
final class Answers {
    private Answers() {}

    static void send(HttpExchange exchange, int status, Map<String, ?> members) throws IOException {
        send(exchange, status, "application/json", Json.write(members).getBytes(StandardCharsets.UTF_8));
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
