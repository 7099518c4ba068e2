package dev.latchkey.server.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.UnverifiedToken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key is published before it signs and until its last token has expired; no token is refused because of a rotation. */
class KeyRotationTest {
    private final TestServer server = TestServer.start("keys: {publish-before: 1h}\n" + TestServer.CONFIGURATION);

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> published() {
        return JwkSet.parse(server.get("/jwks").body()).keys().stream()
                .filter(key -> key.algorithm() == Algorithm.ES256)
                .map(key -> key.keyId())
                .toList();
    }

    private static String keyId(Answer login) {
        return String.valueOf(
                UnverifiedToken.parse(login.text("access_token")).header().get("kid"));
    }

    @Test
    void theKeySetHoldsPublicKeysOfEveryAlgorithmThatAClientMayChoose() {
        Answer keys = server.get("/jwks");
        assertThat(JwkSet.parse(keys.body()).keys())
                .extracting(key -> key.algorithm())
                .containsExactlyInAnyOrder(Algorithm.ES256, Algorithm.RS256, Algorithm.PS256, Algorithm.EdDSA);
        assertThat(keys.body()).doesNotContain("\"d\"").doesNotContain("\"p\"");
        assertThat(keys.header("Cache-Control").orElse("")).contains("max-age");
    }

    @Test
    void aNewKeyIsPublishedFirstAndSignsLater() {
        KeyRing keys = server.server().issuer().keys();
        Answer before = server.login();
        String next = keys.rotate(Algorithm.ES256);
        assertThat(published()).containsExactlyInAnyOrder(keyId(before), next);
        assertThat(keyId(server.login())).isEqualTo(keyId(before));

        Duration publishBefore = Duration.ofHours(1);
        server.clock().turn(publishBefore.minusSeconds(1));
        Answer last = server.login();
        assertThat(keyId(last)).isEqualTo(keyId(before));
        server.clock().turn(Duration.ofSeconds(1));
        assertThat(keyId(server.login())).isEqualTo(next);

        assertThat(server.getAs(last.text("access_token"), "/users/me").status())
                .as("a token of the old key")
                .isEqualTo(200);
        server.clock().turn(Duration.ofDays(1));
        assertThat(published()).containsExactly(next);
    }

    @Test
    void keysRotateByThemselves() {
        KeyRing keys = server.server().issuer().keys();
        String first = keyId(server.login());
        server.clock().turn(Duration.ofDays(90));
        keys.rotateDue();
        server.clock().turn(Duration.ofHours(3));
        keys.rotateDue();
        assertThat(keyId(server.login())).isNotEqualTo(first);
        assertThat(published()).hasSize(1).doesNotContain(first);
    }

    @Test
    void keysOutliveARestart() {
        Answer login = server.login();
        server.restartAfter(Duration.ofMinutes(1));
        assertThat(keyId(server.login())).isEqualTo(keyId(login));
        assertThat(server.server().port()).isPositive();
    }

    @Test
    void bothDiscoveryDocumentsAreTheSameAndNameTheIssuer() {
        Answer openid = server.get("/.well-known/openid-configuration");
        Answer oauth = server.get("/.well-known/oauth-authorization-server");
        assertThat(openid.body()).isEqualTo(oauth.body());
        assertThat(openid.json())
                .containsAllEntriesOf(Map.of(
                        "issuer", server.url(),
                        "token_endpoint", server.url() + "/token",
                        "jwks_uri", server.url() + "/jwks"));
    }
}
