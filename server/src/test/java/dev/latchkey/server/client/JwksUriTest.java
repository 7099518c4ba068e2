package dev.latchkey.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.server.Answer;
import dev.latchkey.server.CapturedLog;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.conformance.Certifies;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys behind a jwks_uri: fetched, kept, and fetched again for a key that is not among them. */
class JwksUriTest {
    private static final Jwk OLD = Jwk.generate(Algorithm.ES256).withKeyId("old");
    private static final Jwk NEXT = Jwk.generate(Algorithm.ES256).withKeyId("next");

    private final AtomicReference<String> document =
            new AtomicReference<>(JwkSet.of(OLD).toJson());
    private final AtomicInteger fetched = new AtomicInteger();
    private final HttpServer owner = owner();
    private final TestServer server =
            TestServer.start("""
                outbound: {insecure-allow-private-addresses: true}
                passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
                clients:
                  - client_id: keys
                    token_endpoint_auth_method: private_key_jwt
                    grant_types: [client_credentials]
                    scope: email
                    jwks_uri: http://127.0.0.1:%s/jwks
                """.formatted(owner.getAddress().getPort()));

    private HttpServer owner() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/jwks", exchange -> {
                fetched.incrementAndGet();
                byte[] body = document.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/jwk-set+json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            http.start();
            return http;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        server.close();
        owner.stop(0);
    }

    private int ask(Jwk key) {
        Answer answer = server.post(
                "/token",
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                ClientAssertions.TYPE,
                "client_assertion",
                Jwt.create(server.clock())
                        .issuer("keys")
                        .subject("keys")
                        .audience(server.url())
                        .expiresIn(Duration.ofMinutes(1))
                        .id(UUID.randomUUID().toString())
                        .sign(key));
        return answer.status();
    }

    @Test
    void keysAreFetchedOnce() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask(OLD)).isEqualTo(200);
        }
        assertThat(fetched).hasValue(1);
    }

    @Certifies("oidcc-refresh-token-rp-key-rotation")
    @Test
    void aKeyThatIsNotKnownIsLookedForAgain() {
        assertThat(ask(OLD)).isEqualTo(200);
        document.set(JwkSet.of(OLD, NEXT).toJson());
        server.clock().turn(Duration.ofSeconds(31));
        assertThat(ask(NEXT)).isEqualTo(200);
        assertThat(ask(OLD)).isEqualTo(200);
        assertThat(fetched).hasValue(2);
    }

    @Test
    void badKeysDoNotBecomeRequestsToTheOwner() {
        assertThat(ask(OLD)).isEqualTo(200);
        server.clock().turn(Duration.ofSeconds(31));
        for (int i = 0; i < 10; i++) {
            assertThat(ask(Jwk.generate(Algorithm.ES256).withKeyId("unknown " + i)))
                    .isEqualTo(401);
        }
        assertThat(fetched).hasValue(2);
    }

    @Test
    void whatIsNoKeySetIsRefusedAndLogged() {
        document.set("<html>not found</html>");
        assertThat(ask(OLD)).isEqualTo(401);
        document.set("{\"keys\": 7}");
        server.clock().turn(Duration.ofMinutes(10));
        assertThat(ask(OLD)).isEqualTo(401);
        owner.stop(0);
        server.clock().turn(Duration.ofDays(2));
        try (CapturedLog log = CapturedLog.start()) {
            assertThat(ask(OLD)).isEqualTo(401);
            assertThat(log.text()).contains("no keys of client keys at its jwks_uri");
        }
    }
}
