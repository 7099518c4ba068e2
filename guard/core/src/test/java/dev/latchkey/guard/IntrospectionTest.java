package dev.latchkey.guard;

import static dev.latchkey.guard.IssuerServer.json;
import static dev.latchkey.guard.IssuerServer.status;
import static dev.latchkey.guard.IssuerServer.text;
import static dev.latchkey.guard.Outcome.admitted;
import static dev.latchkey.guard.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrospectionTest {
    private static final Access ANY = Access.authenticated();
    private static final SentRequest OPAQUE = SentRequest.bearer("opaque-token-1");

    private final Jwk key = Jwk.generate(Algorithm.ES256);
    private final TestIssuer issuer = new TestIssuer(key);
    private IssuerServer server;
    private Guard guard;

    @BeforeEach
    void start() throws IOException {
        server = new IssuerServer().keys(JwkSet.of(key));
        Object metadata = Map.of(
                "issuer",
                server.url(),
                "jwks_uri",
                server.url() + "/jwks",
                "introspection_endpoint",
                server.url() + "/ask");
        server.page("/.well-known/openid-configuration", json(metadata));
        answer(Map.of());
        guard = Guard.issuer(TrustedIssuer.of(server.url()).opaqueTokens("orders", "s3cret:+"))
                .audience(TestIssuer.AUDIENCE)
                .clock(issuer)
                .timeout(Duration.ofMinutes(1))
                .build();
    }

    @AfterEach
    void stop() {
        guard.close();
        server.close();
    }

    /** What the issuer says: that the token is active and alice's, with these members beside that or in its place. */
    private void answer(Map<String, ?> more) {
        Map<String, Object> members = new HashMap<>(Map.of(
                "active",
                true,
                "sub",
                "alice",
                "client_id",
                "web",
                "aud",
                List.of(TestIssuer.AUDIENCE),
                "scope",
                "read"));
        members.putAll(more);
        server.page("/ask", json(members));
    }

    @Test
    void asksAboutATokenThatIsNoJwt() {
        answer(Map.of("username", "alice@example", "exp", issuer.instant().getEpochSecond() + 60));

        Caller caller = admitted(guard.check(OPAQUE, ANY.scopes("read")));

        assertThat(caller.subject()).isEqualTo("alice");
        assertThat(caller.displayName()).isEqualTo("alice@example");
        assertThat(caller.expiresAt()).contains(issuer.instant().plusSeconds(60));
    }

    @Test
    void asksAsTheClientThatItIs() {
        AtomicReference<String> credentials = new AtomicReference<>();
        AtomicReference<String> body = new AtomicReference<>();
        server.page("/ask", exchange -> {
            credentials.set(exchange.getRequestHeaders().getFirst("Authorization"));
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
            json(Map.of("active", false)).answer(exchange);
        });

        refused(guard.check(OPAQUE, ANY));

        assertThat(credentials).hasValue("Basic b3JkZXJzOnMzY3JldCUzQSUyQg=="); // orders:s3cret%3A%2B
        assertThat(body).hasValue("token=opaque-token-1&token_type_hint=access_token");
    }

    @Test
    void remembersTheAnswerForAMoment() {
        admitted(guard.check(OPAQUE, ANY));
        answer(Map.of("active", false));
        issuer.turn(Duration.ofMillis(4_999));
        admitted(guard.check(OPAQUE, ANY));
        assertThat(server.requests("/ask")).isOne();

        issuer.turn(Duration.ofMillis(1));

        refused(guard.check(OPAQUE, ANY));
    }

    @Test
    void remembersItNoLongerThanTheTokenLives() {
        answer(Map.of("exp", issuer.instant().getEpochSecond() + 2));
        admitted(guard.check(OPAQUE, ANY));

        issuer.turn(Duration.ofSeconds(2));

        refused(guard.check(OPAQUE, ANY));
    }

    @Test
    void judgesJwtsByItself() {
        admitted(guard.check(
                SentRequest.bearer(issuer.token().issuer(server.url()).sign(key)), ANY));

        assertThat(server.requests("/ask")).isZero();
    }

    @Test
    void asksAboutJwtsTooWhereItShould() {
        try (Guard always = Guard.issuer(TrustedIssuer.of(server.url()).introspection("orders", "secret"))
                .audience(TestIssuer.AUDIENCE)
                .clock(issuer)
                .timeout(Duration.ofMinutes(1))
                .build()) {
            admitted(always.check(
                    SentRequest.bearer(issuer.token().issuer(server.url()).sign(key)), ANY));

            assertThat(server.requests("/ask")).isOne();
        }
    }

    @Test
    void refusesATokenThatIsNotActive() {
        answer(Map.of("active", false));

        assertThat(refused(guard.check(OPAQUE, ANY)).error()).isEqualTo("invalid_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "yes"})
    void takesNothingElseForActive(String active) {
        answer(Map.of("active", active));

        refused(guard.check(OPAQUE, ANY));
    }

    @Test
    void refusesATokenOfAnotherIssuerOrForAnotherApi() {
        answer(Map.of("iss", "https://other.example"));
        assertThat(refused(guard.check(OPAQUE, ANY)).description()).contains("issued by somebody else");
        answer(Map.of("aud", "https://stock.example"));
        assertThat(refused(guard.check(OPAQUE, ANY)).description()).contains("meant for somebody else");
        answer(Map.of("aud", List.of()));
        assertThat(refused(guard.check(OPAQUE, ANY)).description()).contains("meant for somebody else");
    }

    @Test
    void refusesARefreshToken() {
        answer(Map.of("token_type", "refresh_token"));
        assertThat(refused(guard.check(OPAQUE, ANY)).description()).contains("not an access token");
        answer(Map.of("token_type", "bearer"));
        admitted(guard.check(OPAQUE, ANY));
    }

    @Test
    void takesATimeBeyondAllTimesForNone() {
        answer(Map.of("exp", Long.MAX_VALUE));

        assertThat(admitted(guard.check(OPAQUE, ANY)).expiresAt()).isEmpty();
    }

    @Test
    void holdsABoundTokenAgainstItsSender() {
        answer(Map.of("cnf", Map.of("jkt", "thumbprint")));

        assertThat(refused(guard.check(OPAQUE, ANY)).description()).contains("DPoP");
    }

    @Test
    void doesNotBlameTheCallerWhenTheIssuerCannotBeAsked() {
        server.page("/ask", status(500));
        assertThat(refused(guard.check(OPAQUE, ANY)).status()).isEqualTo(503);
        server.page("/ask", status(401));
        assertThat(refused(guard.check(OPAQUE, ANY)).status()).isEqualTo(503);
        server.page("/ask", text("application/json", "{\"active\":true"));
        assertThat(refused(guard.check(OPAQUE, ANY)).status()).isEqualTo(503);
        server.page("/ask", text("application/json", "{\"active\":true,\"pad\":\"" + "x".repeat(100_000) + "\"}"));
        assertThat(refused(guard.check(OPAQUE, ANY)).status()).isEqualTo(503);

        answer(Map.of());
        admitted(guard.check(OPAQUE, ANY));
    }
}
