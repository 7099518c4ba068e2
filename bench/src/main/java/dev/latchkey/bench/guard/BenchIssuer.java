package dev.latchkey.bench.guard;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.bench.load.Exchange;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An issuer that publishes its metadata and its key, and makes as many access tokens (RFC 9068, ES256) as it is asked for. */
final class BenchIssuer implements AutoCloseable {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Jwk key = Jwk.generate(Algorithm.ES256).withKeyId("bench");
    private final HttpServer server;

    BenchIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/jwks", JwkSet.of(key.toPublic()).toJson());
        String metadata = Json.write(Map.of(
                "issuer", url(),
                "jwks_uri", url() + "/jwks",
                "authorization_endpoint", url() + "/authorize",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("ES256")));
        serve("/.well-known/openid-configuration", metadata);
        serve("/.well-known/oauth-authorization-server", metadata);
        server.start();
    }

    private void serve(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Requests for an order, each with a token of its own. */
    List<byte[]> requests(int number) {
        return IntStream.range(0, number)
                .parallel()
                .mapToObj(i -> Exchange.get("/orders/7", Map.of("Authorization", "Bearer " + token(i))))
                .toList();
    }

    private String token(int number) {
        return Jwt.create(InstantSource.system())
                .type("at+jwt")
                .issuer(url())
                .subject("user-" + number)
                .audience(ApiProgram.AUDIENCE)
                .claim("client_id", "web")
                .claim("scope", "openid profile orders:read")
                .claim("roles", List.of("clerk"))
                .id("token-" + number)
                .expiresIn(LIFETIME)
                .sign(key);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
