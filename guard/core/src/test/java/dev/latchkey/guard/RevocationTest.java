package dev.latchkey.guard;

import static dev.latchkey.guard.IssuerServer.status;
import static dev.latchkey.guard.Outcome.admitted;
import static dev.latchkey.guard.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.guard.IssuerServer.Page;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevocationTest {
    private static final Access ANY = Access.authenticated();
    private static final String LIST = "/status-lists/0";

    private final Jwk key = Jwk.generate(Algorithm.ES256);
    private final TestIssuer issuer = new TestIssuer(key);
    private final AtomicInteger notModified = new AtomicInteger();
    private IssuerServer server;

    @BeforeEach
    void start() throws IOException {
        server = new IssuerServer().keys(JwkSet.of(key));
        publish(new byte[2], "1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Publishes a list whose entity tag counts as the protocol has it. */
    private void publish(byte[] statuses, String version) {
        String token = new StatusListToken(server.url() + LIST, 1, statuses).sign(key, issuer);
        Page page = exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"" + version + "\"");
            if (("\"" + version + "\"").equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                notModified.incrementAndGet();
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            byte[] body = token.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        };
        server.page(LIST, page);
    }

    private GuardBuilder guard() {
        return Guard.issuer(server.url())
                .audience(TestIssuer.AUDIENCE)
                .timeout(Duration.ofMinutes(1))
                .pollEvery(Duration.ofSeconds(1))
                .clock(issuer);
    }

    private SentRequest request(long index) {
        return request(index, server.url() + LIST);
    }

    private SentRequest request(long index, String uri) {
        return SentRequest.bearer(issuer.token()
                .issuer(server.url())
                .claim("status", Map.of("status_list", Map.of("idx", index, "uri", uri)))
                .sign(key));
    }

    @Test
    void noticesARevocation() {
        try (Guard guard = guard().build()) {
            SentRequest revoked = request(9);
            SentRequest other = request(10);
            admitted(guard.check(revoked, ANY));
            publish(new byte[] {0, 2}, "2");

            Await.until(
                    "the revocation is seen",
                    () -> guard.check(revoked, ANY).caller().isEmpty());

            assertThat(refused(guard.check(revoked, ANY)).description()).contains("revoked");
            admitted(guard.check(other, ANY));
        }
    }

    @Test
    void asksWhetherThereIsAnythingNew() {
        try (Guard guard = guard().build()) {
            admitted(guard.check(request(0), ANY));

            Await.until("nothing new has come", () -> notModified.get() >= 2);

            admitted(guard.check(request(0), ANY));
        }
    }

    @Test
    void doesNotAskWhereRevocationIsOff() {
        try (Guard guard = guard().revocation(Revocation.OFF).build()) {
            publish(new byte[] {1, 0}, "2");

            admitted(guard.check(request(0), ANY));
            assertThat(server.requests(LIST)).isZero();
        }
    }

    @Test
    void goesOnWithTheLastListWhileTheIssuerIsDown() {
        publish(new byte[] {1, 0}, "1");
        try (Guard guard = guard().build()) {
            refused(guard.check(request(0), ANY));
            server.page(LIST, status(500));
            int before = server.requests(LIST);
            Await.until("it was asked in vain", () -> server.requests(LIST) > before + 1);
            issuer.turn(Duration.ofMinutes(4));

            refused(guard.check(request(0), ANY));
            admitted(guard.check(request(1), ANY));
        }
    }

    @Test
    void takesTokensWhoseListWasNeverHadUnlessStrict() {
        server.page(LIST, status(500));
        try (Guard guard = guard().build();
                Guard strict = guard().revocation(Revocation.STRICT).build()) {
            admitted(guard.check(request(0), ANY));

            assertThat(refused(strict.check(request(0), ANY)).status()).isEqualTo(503);
        }
    }

    @Test
    void strictlyWantsAListThatIsUpToDate() {
        try (Guard strict = guard().revocation(Revocation.STRICT).build()) {
            admitted(strict.check(request(0), ANY));
            server.page(LIST, status(500));
            int before = server.requests(LIST);
            Await.until("it was asked in vain", () -> server.requests(LIST) > before + 1);
            issuer.turn(Duration.ofSeconds(4));

            assertThat(refused(strict.check(request(0), ANY)).status()).isEqualTo(503);
        }
    }

    @Test
    void goesBackToNoOlderList() {
        publish(new byte[] {1, 0}, "2");
        String older = new StatusListToken(server.url() + LIST, 1, new byte[2]).sign(key, issuer);
        issuer.turn(Duration.ofMinutes(2));
        publish(new byte[] {1, 0}, "3");
        try (Guard guard = guard().build()) {
            refused(guard.check(request(0), ANY));
            server.page(LIST, IssuerServer.text("application/statuslist+jwt", older));
            int before = server.requests(LIST);
            Await.until("it came", () -> server.requests(LIST) > before + 1);

            refused(guard.check(request(0), ANY));
        }
    }

    @Test
    void confirmsNoListWhoseTimeIsOver() {
        try (Guard strict = guard().revocation(Revocation.STRICT).build()) {
            admitted(strict.check(request(0), ANY));
            issuer.turn(Duration.ofMinutes(10));
            int before = notModified.get();
            int asked = server.requests(LIST);
            Await.until("it was asked again", () -> server.requests(LIST) > asked + 1);

            assertThat(notModified).hasValue(before);
            assertThat(refused(strict.check(request(0), ANY)).status()).isEqualTo(503);
        }
    }

    @Test
    void followsNoReferenceToSomebodyElse() throws IOException {
        try (IssuerServer other = new IssuerServer();
                Guard guard = guard().build()) {
            refused(guard.check(request(0, other.url() + LIST), ANY));
            refused(guard.check(request(0, "file:///etc/passwd"), ANY));
            refused(guard.check(request(0, server.url() + ".evil.example/"), ANY));
            refused(guard.check(request(0, " "), ANY));

            assertThat(other.requests(LIST)).isZero();
        }
    }

    @Test
    void refusesAReferenceThatCannotBeFollowed() {
        try (Guard guard = guard().build()) {
            refused(guard.check(request(-1), ANY));
            refused(guard.check(request(16), ANY));
            String odd = issuer.token()
                    .issuer(server.url())
                    .claim("status", Map.of("status_list", "none"))
                    .sign(key);
            refused(guard.check(SentRequest.bearer(odd), ANY));
        }
    }

    @Test
    void ignoresOtherKindsOfStatus() {
        try (Guard guard = guard().build()) {
            String other = issuer.token()
                    .issuer(server.url())
                    .claim("status", Map.of("another_kind", Map.of()))
                    .sign(key);

            admitted(guard.check(SentRequest.bearer(other), ANY));
        }
    }
}
