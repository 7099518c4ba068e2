package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.UnverifiedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Minted tokens are accepted by whoever checks them rightly, and those that are bad on purpose refused for that reason. */
@LatchkeyTest(
        audience = Api.AUDIENCE,
        users = @TestUser(username = "alice", roles = "admin"),
        clients = {@TestClient(id = "web", redirectUris = "https://web.example/callback"), @TestClient(id = "stock")})
class TokenBuilderTest {
    private final LatchkeyServer latchkey;
    private final Api api;

    TokenBuilderTest(LatchkeyServer latchkey) {
        this.latchkey = latchkey;
        this.api = new Api(latchkey);
    }

    private static Map<String, Object> claims(String token) {
        return UnverifiedToken.parse(token).claims();
    }

    @Test
    void aTokenIsAsTheServerIssuesThem() {
        String token = latchkey.tokenFor("alice").scope("profile orders:read").mint();

        assertThat(api.check(token)).isEqualTo("accepted");
        assertThat(claims(token).keySet())
                .containsAll(latchkey.login("alice").claims().keySet().stream()
                        .filter(name -> !name.equals("scope"))
                        .toList());
        assertThat(claims(token))
                .containsEntry("sub", latchkey.subjectOf("alice"))
                .containsEntry("scope", "profile orders:read")
                .containsEntry("aud", Api.AUDIENCE)
                .containsEntry("username", "alice")
                .containsEntry("roles", List.of("admin"));
    }

    @Test
    void aTokenSaysWhatTheTestWants() {
        Instant authenticated = Instant.parse("2020-01-01T00:00:00Z");
        String token = latchkey.tokenFor("alice")
                .client("web")
                .roles("clerk", "auditor")
                .claim("tenant", "acme")
                .claim("limits", Map.of("orders", 3L))
                .claim("auth_time", authenticated)
                .without("acr")
                .expiresIn(Duration.ofMinutes(1))
                .mint();

        assertThat(api.check(token)).isEqualTo("accepted");
        assertThat(claims(token))
                .containsEntry("client_id", "web")
                .containsEntry("roles", List.of("clerk", "auditor"))
                .containsEntry("tenant", "acme")
                .containsEntry("limits", Map.of("orders", 3L))
                .containsEntry("auth_time", authenticated.getEpochSecond())
                .doesNotContainKey("acr");
        assertThat(claims(token))
                .hasEntrySatisfying(
                        "exp",
                        end -> assertThat((long) end)
                                .isCloseTo(latchkey.clock().instant().getEpochSecond() + 60, within(10L)));
    }

    @Test
    void eachMintingMakesAnotherToken() {
        TokenBuilder builder = latchkey.tokenFor("alice");

        assertThat(claims(builder.mint()).get("jti"))
                .isNotEqualTo(claims(builder.mint()).get("jti"));
    }

    @Test
    void aTokenCountsAtTheServerUntilItsSessionIsRevoked() {
        String token = latchkey.tokenFor("alice")
                .scope("openid")
                .audience(latchkey.issuer())
                .mint();
        assertThat(api.userInfo(token)).isEqualTo(200);

        latchkey.revoke(token);

        assertThat(api.userInfo(token)).isEqualTo(401);
    }

    @Test
    void aClientHasTokensOfItsOwn() {
        String token = latchkey.tokenForClient("stock").scope("orders:read").mint();

        assertThat(api.check(token)).isEqualTo("accepted");
        assertThat(claims(token))
                .containsEntry("sub", "stock")
                .containsEntry("client_id", "stock")
                .doesNotContainKeys("sid", "roles");
    }

    @Test
    void aTokenOfAClientIsRevokedAlone() {
        String token = latchkey.tokenForClient("stock").mint();
        String other = latchkey.tokenForClient("stock").mint();

        latchkey.revoke(token);

        assertThat(api.introspect("stock", token)).containsEntry("active", false);
        assertThat(api.introspect("stock", other)).containsEntry("active", true);
    }

    @Test
    void aTokenCanBeSignedByAnotherAlgorithm() {
        String token = latchkey.tokenFor("alice").algorithm(Algorithm.RS256).mint();

        assertThat(UnverifiedToken.parse(token).header()).containsEntry("alg", "RS256");
        assertThat(api.check(token)).isEqualTo("accepted");
    }

    static Stream<Arguments> badOnPurpose() {
        return Stream.of(
                Arguments.of("expired", (Bad) TokenBuilder::expired),
                Arguments.of("not-yet-valid", (Bad) TokenBuilder::notYetValid),
                Arguments.of("bad-signature", (Bad) TokenBuilder::forged),
                Arguments.of("bad-signature", (Bad) TokenBuilder::tampered),
                Arguments.of("unsupported-algorithm", (Bad) TokenBuilder::unsigned),
                Arguments.of("unknown-key", (Bad) token -> token.signedWith(Jwk.generate(Algorithm.ES256))),
                Arguments.of("wrong-audience", (Bad) token -> token.audience("https://stock.example")),
                Arguments.of("wrong-issuer", (Bad) token -> token.issuer("https://elsewhere.example")),
                Arguments.of("wrong-type", (Bad) token -> token.type("JWT")),
                Arguments.of("missing-claim", (Bad) token -> token.without("sub")),
                Arguments.of("missing-claim", (Bad) token -> token.without("exp")));
    }

    /** Spoils a token. */
    interface Bad {
        TokenBuilder spoil(TokenBuilder token);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource
    void badOnPurpose(String reason, Bad bad) {
        assertThat(api.check(bad.spoil(latchkey.tokenFor("alice")).mint())).isEqualTo(reason);
    }
}
