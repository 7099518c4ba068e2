package dev.latchkey.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.token.Algorithm;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the certification profile Config OP tests: discovery and keys. */
class ConfigOpTest {
    private final TestServer server = TestServer.start(RelyingParty.CONFIGURATION);

    @AfterEach
    void stop() {
        server.close();
    }

    @Certifies({"oidcc-discovery-endpoint-verification", "oidcc-idtoken-unsigned"})
    @Test
    void discoveryHasWhatIsRequiredAndTheIssuerIsWhereItWasAskedFor() {
        Answer answer = server.get("/.well-known/openid-configuration");

        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.json())
                .containsEntry("issuer", server.url())
                .containsKeys(
                        "authorization_endpoint",
                        "token_endpoint",
                        "userinfo_endpoint",
                        "jwks_uri",
                        "response_types_supported",
                        "subject_types_supported",
                        "id_token_signing_alg_values_supported",
                        "scopes_supported",
                        "claims_supported")
                .containsEntry("claims_parameter_supported", true)
                .containsEntry("request_parameter_supported", false)
                .containsEntry("request_uri_parameter_supported", false);
        assertThat((List<?>) answer.json().get("id_token_signing_alg_values_supported"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Object.class))
                .contains("RS256")
                .doesNotContain("none");
    }

    @Test
    void everyKeyHasItsIdUseAndAlgorithmAndNoPrivatePart() {
        List<?> keys = (List<?>) server.get("/jwks").json().get("keys");
        Set<Object> ids = new HashSet<>();

        assertThat(keys).isNotEmpty();
        for (Object each : keys) {
            Map<?, ?> key = (Map<?, ?>) each;
            assertThat(key.keySet())
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.collection(Object.class))
                    .contains("kid", "kty", "alg", "use")
                    .doesNotContain("d", "p", "q", "dp", "dq", "qi", "k");
            assertThat(ids.add(key.get("kid"))).isTrue();
        }
    }

    @Certifies({"oidcc-idtoken-rs256", "oidcc-userinfo-rs256"})
    @Test
    void aClientThatWantsRs256GetsIdTokenAndUserInfoByIt() {
        RelyingParty rp = new RelyingParty(server, "rs256", "rs-secret-rs-secret-rs-secret-0000");

        Answer tokens = rp.tokens();

        assertThat(rp.idToken(tokens)).containsKey("sub");
        Answer userInfo = server.getAs(tokens.text("access_token"), "/userinfo");
        assertThat(userInfo.header("Content-Type").orElse("")).startsWith("application/jwt");
    }

    @Certifies("oidcc-server-rotate-keys")
    @Test
    void rotatedKeysAreShownBesideTheOldOnesAndOldIdTokensHoldUp() {
        RelyingParty rp = new RelyingParty(server);
        Answer before = rp.tokens();
        int keys = ((List<?>) server.get("/jwks").json().get("keys")).size();

        server.server().issuer().keys().rotate(Algorithm.ES256);

        assertThat((List<?>) server.get("/jwks").json().get("keys")).hasSize(keys + 1);
        assertThat(rp.idToken(before)).containsKey("sub");
        assertThat(rp.idToken(rp.tokens())).containsKey("sub");
    }
}
