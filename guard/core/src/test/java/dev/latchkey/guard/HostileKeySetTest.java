package dev.latchkey.guard;

import static dev.latchkey.guard.IssuerServer.status;
import static dev.latchkey.guard.IssuerServer.text;
import static dev.latchkey.guard.Outcome.admitted;
import static dev.latchkey.guard.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.latchkey.guard.IssuerServer.Page;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key-set endpoint that turned against those who ask it: they lose neither their keys nor much time and memory. */
class HostileKeySetTest {
    private static final Access ANY = Access.authenticated();
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    /** How much it sent at most before nobody listened any more. */
    private static final AtomicLong SENT = new AtomicLong();

    private final Jwk key = Jwk.generate(Algorithm.ES256);
    private final TestIssuer issuer = new TestIssuer(key);

    static Stream<String> manners() {
        return pages().keySet().stream();
    }

    private static Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put("says nothing", exchange -> park(TIMEOUT.multipliedBy(4)));
        pages.put("drips", HostileKeySetTest::drip);
        pages.put("never ends", HostileKeySetTest::flood);
        pages.put("is huge", text("application/json", "{\"keys\":[" + "1,".repeat(1 << 20) + "1]}"));
        pages.put("is deep", text("application/json", "{\"keys\":" + "[".repeat(100_000)));
        pages.put("redirects", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });
        pages.put("is garbage", text("application/json", "\u0000\u0001 no JSON at all"));
        pages.put("is a page", text("text/html", "<html>Please log in to the hotel's network</html>"));
        pages.put("is empty", text("application/json", ""));
        pages.put("has no keys", text("application/json", "{\"keys\":[]}"));
        pages.put(
                "has no usable key",
                text("application/json", "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQ\"}]}"));
        pages.put("has too many keys", text("application/json", "{\"keys\":[" + "{},".repeat(200) + "{}]}"));
        pages.put("breaks off", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
        });
        pages.put("fails", status(500));
        pages.put("is gone", status(404));
        pages.put("has nothing new", status(304));
        return pages;
    }

    private static Page page(String manner) {
        return Objects.requireNonNull(pages().get(manner));
    }

    private static void park(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (int i = 0; i < 40; i++) {
            body.write(' ');
            body.flush();
            park(TIMEOUT.dividedBy(10));
        }
    }

    private static void flood(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] spaces = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
        SENT.set(0);
        try {
            while (SENT.get() < 1L << 30) {
                exchange.getResponseBody().write(spaces);
                SENT.addAndGet(spaces.length);
            }
        } catch (IOException e) {
            // nobody listens any more, as it should be
        }
    }

    @ParameterizedTest
    @MethodSource("manners")
    void neitherTakesTheLastGoodKeysNorHoldsUpRequests(String manner) throws IOException {
        try (IssuerServer server = new IssuerServer().keys(JwkSet.of(key));
                Guard guard = guard(server)) {
            String token = issuer.token().issuer(server.url()).sign(key);
            String unknown = issuer.token().issuer(server.url()).sign(key.withKeyId("unknown"));
            Await.until(
                    "it has good keys",
                    () -> guard.check(SentRequest.bearer(token), ANY).caller().isPresent());
            server.page("/jwks", page(manner));
            int before = server.requests("/jwks");

            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                assertThat(refused(guard.check(SentRequest.bearer(unknown), ANY))
                                .status())
                        .isEqualTo(503);
                // a wait, bounded by the time-outs of both requests; and as long as a machine can stand still
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(100));
                admitted(guard.check(SentRequest.bearer(token), ANY));
                issuer.turn(Duration.ofSeconds(6));
            }

            assertThat(server.requests("/jwks")).isGreaterThan(before);
            assertThat(server.requests("/elsewhere")).isZero();
            assertThat(SENT.get()).isLessThan(64L << 20); // what the sockets' buffers take, not what it would send
            server.keys(JwkSet.of(key));
            Await.until(
                    "its keys are good again",
                    () -> guard.check(SentRequest.bearer(token), ANY).caller().isPresent());
        }
    }

    @ParameterizedTest
    @MethodSource("manners")
    void isNotTheCallersFault(String manner) throws IOException {
        try (IssuerServer server = new IssuerServer().page("/jwks", page(manner));
                Guard guard = guard(server)) {
            String token = issuer.token().issuer(server.url()).sign(key);

            assertThat(refused(guard.check(SentRequest.bearer(token), ANY)).status())
                    .isEqualTo(503);
        }
    }

    @Test
    void makesAGuardStartAllTheSame() throws IOException {
        try (IssuerServer server = new IssuerServer()
                        .page("/.well-known/openid-configuration", exchange -> park(TIMEOUT.multipliedBy(4)));
                Guard guard = guard(server)) {
            assertThat(guard.check(SentRequest.get("https://orders.example/"), Access.optional()))
                    .isInstanceOf(Decision.Anonymous.class);
        }
    }

    private Guard guard(IssuerServer server) {
        return Guard.issuer(server.url())
                .audience(TestIssuer.AUDIENCE)
                .timeout(TIMEOUT)
                .clock(issuer)
                .build();
    }
}
