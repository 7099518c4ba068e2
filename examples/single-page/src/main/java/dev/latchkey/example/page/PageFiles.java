package dev.latchkey.example.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The files of the page, and the few settings that it needs. */
final class PageFiles {
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "style.css", "text/css; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "login.js", "text/javascript; charset=utf-8");

    private final String issuer;

    PageFiles(String issuer) {
        this.issuer = issuer;
    }

    void serve(HttpServer http) {
        TYPES.forEach((name, type) -> {
            byte[] content = read(name);
            String path = name.equals("index.html") ? "/" : "/" + name;
            http.createContext(path, exchange -> {
                if (exchange.getRequestURI().getPath().equals(path)) {
                    protect(exchange.getResponseHeaders());
                    Answers.send(exchange, 200, type, content);
                } else {
                    Answers.send(exchange, 404, Map.of("detail", "Not Found")); // contexts match by their beginning
                }
            });
        });
        http.createContext("/settings.json", this::settings);
    }

    private void settings(HttpExchange exchange) throws IOException {
        Answers.send(
                exchange,
                200,
                Map.of("issuer", issuer, "clientId", "notes-page", "scope", "openid profile notes:read notes:write"));
    }

    /**
     * The tokens are in the memory of the page, so no script may run in it but its own, and what it knows can be sent nowhere
     * but to its API and the token server.
     */
    private void protect(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' " + issuer
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("Referrer-Policy", "no-referrer");
    }

    private static byte[] read(String name) {
        try (InputStream file = Objects.requireNonNull(PageFiles.class.getResourceAsStream(name), name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
