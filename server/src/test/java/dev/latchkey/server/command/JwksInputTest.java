package dev.latchkey.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key set by URL: fetched once, bounded, without redirects. */
class JwksInputTest {
    private final Jwk key = Jwk.generate(Algorithm.ES256);
    private final HttpServer server;

    JwksInputTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext(
                "/jwks", exchange -> answer(exchange, 200, JwkSet.of(key).toJson()));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/jwks");
            answer(exchange, 302, "");
        });
        server.createContext("/large", exchange -> answer(exchange, 200, " ".repeat(300 << 10)));
        server.createContext("/none", exchange -> answer(exchange, 200, "{\"keys\":[]}"));
        server.createContext("/text", exchange -> answer(exchange, 200, "<html>"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Test
    void verifiesByAKeySetFromAUrl(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("key.json");
        Files.writeString(file, Json.write(key.toMap()));
        String token =
                Shell.plain().run("token", "create", "--key", file.toString()).line();
        assertThat(Shell.plain()
                        .run("token", "verify", "--jwks", url("/jwks"), token)
                        .exitCode())
                .isZero();
    }

    @Test
    void refusesAnythingButASmallKeySet() {
        assertThat(problem("/moved")).endsWith("answered with status 302\n");
        assertThat(problem("/gone")).endsWith("answered with status 404\n");
        assertThat(problem("/large")).contains("too large");
        assertThat(problem("/none")).contains("has no key");
        assertThat(problem("/text")).contains("is not a key set");
        server.stop(0);
        assertThat(problem("/jwks")).contains("cannot be reached");
    }

    private String problem(String path) {
        Shell.Outcome outcome = Shell.plain().run("token", "verify", "--jwks", url(path), "x");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("latchkey: ").hasLineCount(1);
        return outcome.err();
    }
}
