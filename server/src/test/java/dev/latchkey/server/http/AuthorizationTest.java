package dev.latchkey.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.server.protocol.OAuthException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {
    private static Authorization of(String value) {
        return Authorization.of(Headers.of("Authorization", value));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsBasicCredentialsAsAClientEncodesThem() { // RFC 6749 §2.3.1
        assertThat(of(basic("s6BhdRkqt3:7Fjfp0ZBr1KtDRbnfVdmIw")))
                .isEqualTo(new Authorization.Basic("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw"));
        assertThat(of(basic("a%3Ab:c%3Ad+e:f"))).isEqualTo(new Authorization.Basic("a:b", "c:d e:f"));
        assertThat(of("bAsIc   " + basic("web:").substring(6))).isEqualTo(new Authorization.Basic("web", ""));
    }

    @Test
    void readsBearerTokens() { // RFC 6750 §2.1
        assertThat(of("Bearer mF_9.B5f-4.1JqM")).isEqualTo(new Authorization.Bearer("mF_9.B5f-4.1JqM"));
        assertThat(of("bearer a+/~==")).isEqualTo(new Authorization.Bearer("a+/~=="));
        assertThat(Authorization.of(Headers.of())).isEqualTo(new Authorization.None());
        assertThat(of("dpop abc")).isEqualTo(new Authorization.Dpop("abc"));
        assertThat(of("Digest abc")).isEqualTo(new Authorization.Other("digest", "abc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer  ",
                "Bearer a b",
                "Bearer a,b",
                "Bearer =",
                "Bearer a=b",
                "Bearer \"a\"",
                "DPoP",
                "DPoP a b"
            })
    void aTokenWithOtherCharactersIsABadToken(String value) {
        assertThatThrownBy(() -> of(value)).hasMessage("invalid_token: Could not validate credentials");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Basic", "Basic ***", "Basic d2Vi", "Basic d2ViOiU="}) // nothing, no base64, no colon, "web:%"
    void refusesBadBasicCredentials(String value) {
        assertThatThrownBy(() -> of(value)).hasMessageStartingWith("invalid_request: The Basic credentials");
    }

    @Test
    void refusesTwoHeaders() {
        assertThatThrownBy(() -> Authorization.of(Headers.of("Authorization", "Bearer a", "authorization", "Bearer a")))
                .hasMessageStartingWith("invalid_request");
    }

    @Test
    void printsNoSecret() {
        assertThat(of(basic("web:hunter2")).toString()).doesNotContain("hunter2");
        assertThat(of("Bearer hunter2").toString()).doesNotContain("hunter2");
        assertThat(of("DPoP hunter2").toString()).doesNotContain("hunter2");
    }

    @FuzzTest
    void neverFailsInAnotherWay(FuzzedDataProvider data) {
        try {
            of(data.consumeRemainingAsString());
        } catch (OAuthException refused) {
            assertThat(refused.error().status()).isIn(400, 401);
        }
    }
}
