package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtBuilderTest {
    private final JwtBuilder builder = Jwt.create(InstantSource.fixed(Forge.NOW.plusMillis(999)));

    @Test
    void aTokenSaysWhatItWasTold() {
        UnverifiedToken token = UnverifiedToken.parse(builder.issuer("https://login.example")
                .subject("Sir Ameen")
                .audience("orders")
                .expiresIn(Duration.ofMinutes(1))
                .notBefore(Forge.NOW)
                .id("7")
                .type("at+jwt")
                .claim("auth_time", Forge.NOW)
                .claim("amr", List.of("pwd"))
                .header("x", 1)
                .sign(Forge.EC_KEY));

        assertThat(Json.write(token.header()))
                .isEqualTo("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"ec\",\"x\":1}");
        assertThat(token.claims())
                .containsEntry("iss", "https://login.example")
                .containsEntry("sub", "Sir Ameen")
                .containsEntry("aud", "orders")
                .containsEntry("iat", Forge.at(0))
                .containsEntry("exp", Forge.at(60))
                .containsEntry("nbf", Forge.at(0))
                .containsEntry("jti", "7")
                .containsEntry("auth_time", Forge.at(0))
                .containsEntry("amr", List.of("pwd"));
    }

    @Test
    void severalAudiencesAreAList() {
        assertThat(claims(builder.audience("a", "b").neverExpires())).containsEntry("aud", List.of("a", "b"));
    }

    @Test
    void timesCanBeGiven() {
        assertThat(claims(builder.issuedAt(Forge.NOW.minusSeconds(10)).expiresIn(Duration.ofSeconds(15))))
                .containsEntry("iat", Forge.at(-10))
                .containsEntry("exp", Forge.at(5));
        assertThat(claims(Jwt.create().expiresAt(Forge.NOW))).containsEntry("exp", Forge.at(0));
    }

    @Test
    void aTokenHasAnEndUnlessItIsSaidThatItHasNone() {
        assertThatThrownBy(() -> builder.sign(Forge.EC_KEY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("say when the token expires: expiresIn(…), expiresAt(…) or neverExpires()");
        assertThat(claims(builder.neverExpires())).doesNotContainKey("exp");
    }

    @Test
    void aBuilderCanSignAgain() {
        builder.subject("alice").expiresIn(Duration.ofMinutes(1));
        String first = builder.sign(Forge.SECRET);
        assertThat(builder.sign(Forge.SECRET)).isEqualTo(first);
        assertThat(claims(builder.subject("bob"))).containsEntry("sub", "bob").containsEntry("exp", Forge.at(60));
    }

    @Test
    void aSecretThatHasNoNameIsNotHintedAt() {
        String token = builder.neverExpires().sign(Jwk.secret(Algorithm.HS256, new byte[32]));
        assertThat(UnverifiedToken.parse(token).header()).isEqualTo(Map.of("alg", "HS256", "typ", "JWT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alg", "kid", "typ", "crit", "b64", "enc"})
    void headersThatChangeWhatATokenIsCannotBeSet(String name) {
        assertThatThrownBy(() -> builder.header(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void claimsThatNobodyWouldTakeAreRefused() {
        refuses("iss", 5, "the claim iss is not a string");
        refuses("exp", "tomorrow", "the claim exp is not a time in seconds since 1970");
        refuses("nbf", -1, "the claim nbf is not a time in seconds since 1970");
        refuses("aud", List.of(1), "the claim aud is neither a string nor a list of strings");
        assertThatThrownBy(() ->
                        Jwt.create().neverExpires().claim("x", new Object()).sign(Forge.EC_KEY))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(
                        () -> Jwt.create().neverExpires().claim("x", "\ud800").sign(Forge.EC_KEY))
                .isInstanceOf(JsonException.class);
    }

    private static void refuses(String name, Object value, String message) {
        assertThatThrownBy(() -> Jwt.create().neverExpires().claim(name, value).sign(Forge.EC_KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Map<String, Object> claims(JwtBuilder builder) {
        return UnverifiedToken.parse(builder.sign(Forge.EC_KEY)).claims();
    }
}
