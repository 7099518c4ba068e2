package dev.latchkey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.testkit.LatchkeyServer;
import dev.latchkey.testkit.Outage;
import dev.latchkey.testkit.Tokens;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens of the real server: every way to prove which client asks, and the refresh tokens of a login. */
class LatchkeyTokensTest {
    private static final String ORDERS = "https://orders.example";

    private final Jwk key = Jwk.generate(Algorithm.ES256).withKeyId("stock-1");
    private final LatchkeyServer latchkey = LatchkeyServer.start(config -> config.audience(ORDERS)
            .scopes("orders:read", "orders:write")
            .client("stock", client -> client.scopes("orders:read"))
            .client("poster", client -> client.metadata("token_endpoint_auth_method", "client_secret_post"))
            .client(
                    "signer",
                    client -> client.metadata("token_endpoint_auth_method", "private_key_jwt")
                            .metadata("jwks", Json.parseObject(JwkSet.of(key).toJson())))
            .client("web", client -> client.redirectUris("https://web.example/callback")));
    private final List<String> rotated = new ArrayList<>();

    @AfterEach
    void stop() {
        latchkey.close();
    }

    private TokenSourceBuilder own() {
        return TokenSource.clientCredentials(latchkey.issuer())
                .clock(latchkey.clock())
                .timeout(Duration.ofMinutes(1))
                .executor(Runnable::run);
    }

    private VerifiedToken verified(String token) {
        return Verifier.with(latchkey.jwks())
                .issuer(latchkey.issuer())
                .audience(ORDERS)
                .algorithms(Algorithm.ES256)
                .type("at+jwt")
                .clock(latchkey.clock())
                .build()
                .verify(token);
    }

    @Test
    void aServiceHasATokenForTheApiThatItCalls() {
        TokenSource source = own().client("stock", latchkey.clientSecret("stock"))
                .scope("orders:read")
                .resource(ORDERS)
                .build();
        VerifiedToken token = verified(source.token());

        assertThat(token.string("client_id")).isEqualTo("stock");
        assertThat(token.string("scope")).isEqualTo("orders:read");
        assertThat(source.token()).isEqualTo(source.token());
    }

    @Test
    void aServiceProvesItselfByTheForm() {
        TokenSource source = own().clientSecretPost("poster", latchkey.clientSecret("poster"))
                .build();

        assertThat(verified(source.token()).string("client_id")).isEqualTo("poster");
    }

    @Test
    void aServiceProvesItselfByItsPrivateKeyEachTime() {
        TokenSource source = own().privateKeyJwt("signer", key).build();
        String first = source.token();
        latchkey.clock().advance(Duration.ofHours(1));

        assertThat(verified(source.token()).string("client_id")).isEqualTo("signer");
        assertThat(source.token()).isNotEqualTo(first);
    }

    @Test
    void aWrongSecretIsADenial() {
        TokenSource source = own().client("stock", "not the secret of it").build();

        assertThatThrownBy(source::token)
                .isInstanceOfSatisfying(
                        TokenDeniedException.class, e -> assertThat(e.error()).isEqualTo("invalid_client"))
                .hasMessageNotContaining("not the secret");
    }

    @Test
    void aScopeTooManyIsADenial() {
        TokenSource source = own().client("stock", latchkey.clientSecret("stock"))
                .scope("orders:write")
                .build();

        assertThatThrownBy(source::token)
                .isInstanceOfSatisfying(
                        TokenDeniedException.class, e -> assertThat(e.error()).isEqualTo("invalid_scope"));
    }

    @Test
    void anOutageIsBridgedByTheTokenThatIsThere() {
        TokenSource source =
                own().client("stock", latchkey.clientSecret("stock")).build();
        String token = source.token();
        for (Outage.Kind kind : List.of(Outage.Kind.UNREACHABLE, Outage.Kind.UNAVAILABLE)) {
            try (Outage outage = latchkey.outage(kind)) {
                assertThat(outage).isNotNull();
                latchkey.clock().advance(Duration.ofMinutes(6));
                assertThat(source.token()).isEqualTo(token);
            }
        }
        try (Outage outage = latchkey.outage()) {
            assertThat(outage).isNotNull();
            latchkey.clock().advance(Duration.ofMinutes(4));
            assertThatThrownBy(source::token).isInstanceOf(TokenUnavailableException.class);
        }
        latchkey.clock().advance(Duration.ofMinutes(1));

        assertThat(verified(source.token()).string("client_id")).isEqualTo("stock");
    }

    private TokenSource ofLogin(Tokens tokens) {
        return TokenSource.refreshToken(latchkey.issuer(), tokens.refreshToken())
                .client("web", latchkey.clientSecret("web"))
                .whenRotated(rotated::add)
                .clock(latchkey.clock())
                .timeout(Duration.ofMinutes(1))
                .executor(Runnable::run)
                .build();
    }

    private Tokens login() {
        return latchkey.signIn("alice", "web", "openid offline_access orders:read");
    }

    @Test
    void aLoginGoesOnByEachNextRefreshToken() {
        Tokens login = login();
        TokenSource source = ofLogin(login);
        String subject = latchkey.subjectOf("alice");
        for (int hour = 1; hour <= 3; hour++) {
            assertThat(verified(source.token()).subject()).isEqualTo(subject);
            assertThat(rotated).hasSize(hour).doesNotHaveDuplicates().doesNotContain(login.refreshToken());
            latchkey.clock().advance(Duration.ofHours(1));
        }
    }

    @Test
    void aLoginThatWasRevokedHasEnded() {
        Tokens login = login();
        TokenSource source = ofLogin(login);
        source.token();
        latchkey.revoke(login);
        latchkey.clock().advance(Duration.ofHours(1));

        assertThatThrownBy(source::token).isInstanceOf(LoginEndedException.class);
        latchkey.clock().advance(Duration.ofHours(1));
        assertThatThrownBy(source::token).isInstanceOf(LoginEndedException.class);
    }

    @Test
    void anOutageDoesNotEndALogin() {
        TokenSource source = ofLogin(login());
        source.token();
        latchkey.clock().advance(Duration.ofHours(1));
        for (Outage.Kind kind : List.of(Outage.Kind.UNREACHABLE, Outage.Kind.UNAVAILABLE)) {
            try (Outage outage = latchkey.outage(kind)) {
                assertThat(outage).isNotNull();
                assertThatThrownBy(source::token).isInstanceOf(TokenUnavailableException.class);
            }
            latchkey.clock().advance(Duration.ofMinutes(5));
        }

        assertThat(verified(source.token()).subject()).isEqualTo(latchkey.subjectOf("alice"));
    }

    @Test
    void aLostAnswerDoesNotEndALogin() {
        try (LossyProxy proxy = new LossyProxy(latchkey.issuer() + "/token")) {
            TokenSource source = TokenSource.refreshToken(latchkey.issuer(), login().refreshToken())
                    .client("web", latchkey.clientSecret("web"))
                    .tokenEndpoint(proxy.url())
                    .whenRotated(rotated::add)
                    .clock(latchkey.clock())
                    .timeout(Duration.ofMinutes(1))
                    .executor(Runnable::run)
                    .build();
            proxy.loseAnswers(true);
            assertThatThrownBy(source::token).isInstanceOf(TokenUnavailableException.class);
            assertThat(rotated).isEmpty();
            proxy.loseAnswers(false);
            latchkey.clock().advance(Duration.ofSeconds(2));

            assertThat(verified(source.token()).subject()).isEqualTo(latchkey.subjectOf("alice"));
            assertThat(proxy.passed()).isEqualTo(2);
        }
    }

    @Test
    void aRefreshTokenThatCouldNotBeKeptIsUsedAllTheSame() {
        TokenSource source = TokenSource.refreshToken(latchkey.issuer(), login().refreshToken())
                .client("web", latchkey.clientSecret("web"))
                .whenRotated(token -> {
                    throw new IllegalStateException("the disk is full");
                })
                .clock(latchkey.clock())
                .timeout(Duration.ofMinutes(1))
                .executor(Runnable::run)
                .build();
        source.token();
        latchkey.clock().advance(Duration.ofHours(1));

        assertThat(verified(source.token()).subject()).isEqualTo(latchkey.subjectOf("alice"));
    }
}
