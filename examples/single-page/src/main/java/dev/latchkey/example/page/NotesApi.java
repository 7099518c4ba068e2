package dev.latchkey.example.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.guard.Access;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.httpserver.HttpGuard;
import dev.latchkey.token.Json;
import dev.latchkey.token.JsonException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The API: everybody reads and writes notes of their own, and an administrator sees how many there are. */
final class NotesApi {
    /** The name of this API in access tokens, {@code aud}. */
    static final String AUDIENCE = "https://notes.example";

    private static final Access READ = Access.authenticated().scopes("notes:read");
    private static final Access WRITE = Access.authenticated().scopes("notes:write");
    private static final Access ADMIN = Access.authenticated().roles("admin");
    private static final int MAX_BODY = 1000;
    private static final int MAX_NOTES = 100;

    private final Map<String, Queue<String>> notes = new ConcurrentHashMap<>();
    private final HttpGuard guard;

    NotesApi(HttpGuard guard) {
        this.guard = guard;
    }

    void serve(HttpServer http) {
        HttpHandler read = guard.protect(READ, this::read);
        HttpHandler write = guard.protect(WRITE, this::write);
        http.createContext("/api/notes", exchange -> {
            switch (exchange.getRequestMethod()) {
                case "GET" -> read.handle(exchange);
                case "POST" -> write.handle(exchange);
                default -> Answers.send(exchange, 405, Map.of("detail", "Method Not Allowed"));
            }
        });
        http.createContext("/api/statistics", guard.protect(ADMIN, this::count));
        http.createContext("/api", exchange -> Answers.send(exchange, 404, Map.of("detail", "Not Found")));
    }

    private void read(HttpExchange exchange, Caller caller) throws IOException {
        Answers.send(exchange, 200, Map.of("notes", List.copyOf(of(caller))));
    }

    private void write(HttpExchange exchange, Caller caller) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        Object text;
        try {
            text = body.length > MAX_BODY ? "" : Json.parseObject(body).get("text");
        } catch (JsonException e) {
            text = "";
        }
        if (!(text instanceof String note) || note.isBlank() || of(caller).size() >= MAX_NOTES) {
            Answers.send(exchange, 422, Map.of("detail", "text should be a note"));
            return;
        }
        of(caller).add(note);
        Answers.send(exchange, 201, Map.of("notes", List.copyOf(of(caller))));
    }

    private void count(HttpExchange exchange, Caller caller) throws IOException {
        int total = notes.values().stream().mapToInt(Queue::size).sum();
        Answers.send(exchange, 200, Map.of("users", notes.size(), "notes", total));
    }

    private Queue<String> of(Caller caller) {
        return notes.computeIfAbsent(caller.subject(), subject -> new ConcurrentLinkedQueue<>());
    }
}
