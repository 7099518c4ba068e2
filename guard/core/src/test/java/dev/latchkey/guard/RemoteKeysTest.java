package dev.latchkey.guard;

import static dev.latchkey.guard.IssuerServer.json;
import static dev.latchkey.guard.IssuerServer.status;
import static dev.latchkey.guard.Outcome.admitted;
import static dev.latchkey.guard.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {
    private static final Access ANY = Access.authenticated();
    private static final String METADATA = "/.well-known/openid-configuration";

    private final Jwk first = Jwk.generate(Algorithm.ES256);
    private final Jwk second = Jwk.generate(Algorithm.ES256);
    private final TestIssuer issuer = new TestIssuer(first);
    private IssuerServer server;

    @SuppressWarnings("NullAway.Init") // each test builds its own
    private Guard guard;

    @BeforeEach
    void start() throws IOException {
        server = new IssuerServer().keys(JwkSet.of(first));
    }

    @AfterEach
    void stop() {
        guard.close();
        server.close();
    }

    private GuardBuilder builder() {
        return patient(Guard.issuer(server.url()));
    }

    /** With a machine that stands still for a while, since nothing here is about a time-out. */
    private GuardBuilder patient(GuardBuilder builder) {
        return builder.audience(TestIssuer.AUDIENCE).clock(issuer).timeout(Duration.ofMinutes(1));
    }

    private Decision check(Jwk key) {
        return guard.check(
                SentRequest.bearer(issuer.token().issuer(server.url()).sign(key)), ANY);
    }

    @Test
    void findsTheKeysByDiscovery() {
        guard = builder().build();

        admitted(check(first));
        admitted(check(first));

        assertThat(server.requests("/jwks")).isOne();
    }

    @Test
    void findsThemWhereOAuthHasTheMetadata() {
        Object metadata = Map.of("issuer", server.url() + "/tenant", "jwks_uri", server.url() + "/jwks");
        server.page("/.well-known/oauth-authorization-server/tenant", json(metadata));
        guard = patient(Guard.issuer(server.url() + "/tenant")).build();

        String token = issuer.token().issuer(server.url() + "/tenant").sign(first);

        admitted(guard.check(SentRequest.bearer(token), ANY));
    }

    @Test
    void doesNotTakeTheMetadataOfAnotherIssuer() {
        server.page(METADATA, json(Map.of("issuer", "https://evil.example", "jwks_uri", server.url() + "/jwks")));
        guard = builder().build();

        RefusedAnswer answer = refused(check(first));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).contains(new RefusedAnswer.Header("Retry-After", "1"));
        assertThat(answer.challenges()).isEmpty();
        assertThat(server.requests("/jwks")).isZero();
    }

    @Test
    void takesNoKeysFromAnAddressWithoutTls() {
        server.page(METADATA, json(Map.of("issuer", server.url(), "jwks_uri", "http://keys.example/jwks")));
        guard = builder().build();

        assertThat(refused(check(first)).status()).isEqualTo(503);
    }

    @Test
    void asksAgainForAKeyThatItDoesNotKnow() {
        guard = builder().build();
        admitted(check(first));
        server.keys(JwkSet.of(first, second));

        admitted(check(second));
        admitted(check(first));

        assertThat(server.requests("/jwks")).isEqualTo(2);
    }

    @Test
    void asksOnceMoreWhereAFetchThatWentOnAlreadyCameTooEarly() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        guard = builder().keysEvery(Duration.ofMillis(20)).build();
        admitted(check(first));
        server.page("/jwks", exchange -> {
            asked.countDown();
            await(answer);
            json(JwkSet.of(first).toPublicMap()).answer(exchange);
        });
        await(asked);
        server.keys(JwkSet.of(first, second));
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Decision> decision = pool.submit(() -> check(second));
            answer.countDown();

            admitted(decision.get());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void asksOnceHoweverManyTokensNameKeysThatThereAreNot() throws Exception {
        guard = builder().build();
        admitted(check(first));
        List<Callable<Decision>> attempts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Jwk madeUp = first.withKeyId("made-up-" + i);
            attempts.add(() -> check(madeUp));
        }

        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Decision> attempt : pool.invokeAll(attempts)) {
                // 503 for those who came while too many waited already: theirs might have been good
                assertThat(refused(attempt.get()).status()).isIn(401, 503);
            }
        }
        assertThat(server.requests("/jwks")).isEqualTo(2);

        issuer.turn(Duration.ofSeconds(5));
        refused(check(first.withKeyId("made-up")));
        assertThat(server.requests("/jwks")).isEqualTo(3);
    }

    @Test
    void keepsTheLastKeysWhileTheIssuerIsDown() {
        guard = builder().keysEvery(Duration.ofMillis(20)).build();
        admitted(check(first));
        server.page("/jwks", status(500));
        int before = server.requests("/jwks");
        Await.until("it has noticed", () -> server.requests("/jwks") > before + 2);

        admitted(check(first));
    }

    @Test
    void refusesTokensOfAKeyThatWasWithdrawnEvenIfItKnowsThem() {
        guard = builder().keysEvery(Duration.ofMillis(20)).build();
        String token = issuer.token().issuer(server.url()).sign(first);
        admitted(guard.check(SentRequest.bearer(token), ANY));
        server.keys(JwkSet.of(second));

        Await.until(
                "the key is gone",
                () -> guard.check(SentRequest.bearer(token), ANY).caller().isEmpty());

        assertThat(refused(guard.check(SentRequest.bearer(token), ANY)).status())
                .isEqualTo(401);
    }

    @Test
    void doesNotBlameACallerWhoseKeyCannotBeAskedFor() {
        guard = builder().build();
        admitted(check(first));
        server.page("/jwks", status(500));

        assertThat(refused(check(second)).status()).isEqualTo(503);
        admitted(check(first));
    }

    @Test
    void servesAsSoonAsAnIssuerThatWasDownIsThere() {
        server.page("/jwks", status(503));
        guard = builder().build();
        assertThat(refused(check(first)).status()).isEqualTo(503);
        server.keys(JwkSet.of(first));

        Await.until("it has asked again", () -> {
            issuer.turn(Duration.ofSeconds(1));
            return check(first).caller().isPresent();
        });
    }

    @Test
    void doesNotAskAnIssuerThatIsDownForEachRequest() {
        server.page("/jwks", status(503));
        guard = builder().build();
        for (int i = 0; i < 20; i++) {
            assertThat(refused(check(first)).status()).isEqualTo(503);
        }

        assertThat(server.requests("/jwks")).isBetween(1, 10);
    }

    @Test
    void neverTakesASecretFromAKeySet() {
        byte[] secret = new byte[32];
        Jwk shared = Jwk.secret(Algorithm.HS256, secret).withKeyId("shared");
        server.page(
                "/jwks",
                json(Map.of("keys", List.of(shared.toMap(), first.toPublic().toMap()))));
        guard = builder().build();

        assertThat(refused(check(shared)).description()).contains("algorithm");
    }

    @Test
    void takesTheKeysOfAnAddressThatWasGiven() {
        guard = patient(Guard.issuer(TrustedIssuer.of("https://login.example").keysAt(server.url() + "/jwks")))
                .build();

        admitted(guard.check(SentRequest.bearer(issuer.signed()), ANY));
        assertThat(server.requests(METADATA)).isZero();
    }
}
