package dev.latchkey.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.Visit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the certification profiles Hybrid OP ({@code code id_token}) and Implicit OP ({@code id_token}) test. */
class HybridOpTest {
    private static final String HYBRID = "code id_token";

    private final TestServer server = TestServer.start(RelyingParty.CONFIGURATION);
    private final RelyingParty rp = new RelyingParty(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Certifies({"hybrid: oidcc-server", "hybrid: c_hash"})
    @Test
    void bothComeInTheFragmentAndBelongTogether() throws Exception {
        Visit visit = rp.login("response_type", HYBRID);

        Map<String, String> answer = visit.fragment();
        assertThat(answer).containsOnlyKeys("code", "id_token", "state", "iss").containsEntry("state", "state-1");
        Map<String, Object> front = rp.idToken(answer.getOrDefault("id_token", ""), "nonce-1");
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(answer.getOrDefault("code", "").getBytes(StandardCharsets.US_ASCII));
        assertThat(front)
                .containsEntry(
                        "c_hash",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2)))
                .doesNotContainKey("at_hash");
        Answer tokens = rp.redeem(answer.getOrDefault("code", ""));
        Map<String, Object> back = rp.idToken(tokens);
        assertThat(back)
                .containsEntry("iss", front.get("iss"))
                .containsEntry("sub", front.get("sub"))
                .containsEntry("sid", front.get("sid"))
                .containsKey("at_hash");
    }

    @Certifies("hybrid: oidcc-response-type-missing")
    @Test
    void withoutAResponseTypeItFails() {
        assertThat(rp.authorize("response_type", "").query()).containsEntry("error", "invalid_request");
    }

    @Test
    void wordsOfAResponseTypeStandInAnyOrder() {
        assertThat(rp.login("response_type", "id_token code").fragment()).containsKeys("code", "id_token");
    }

    @Certifies("hybrid: oidcc-ensure-request-without-nonce-fails")
    @Test
    void withoutANonceItFailsInTheFragment() {
        assertThat(rp.authorize("response_type", HYBRID, "nonce", "").fragment())
                .containsEntry("error", "invalid_request")
                .containsEntry("state", "state-1");
    }

    @Test
    void anIdTokenNeverComesInAQuery() {
        Visit visit = rp.authorize("response_type", HYBRID, "response_mode", "query");

        assertThat(visit.fragment()).containsEntry("error", "invalid_request");
    }

    @Test
    void anIdTokenAloneTellsTheClaimsOfItsScopes() { // OpenID Connect Core §5.4
        Map<String, String> answer =
                rp.login("response_type", "id_token", "scope", "openid email").fragment();

        assertThat(answer).containsOnlyKeys("id_token", "state", "iss");
        assertThat(rp.idToken(answer.getOrDefault("id_token", ""), "nonce-1"))
                .containsEntry("email", "alice@example.com")
                .doesNotContainKeys("c_hash", "at_hash");
    }

    @Test
    void noResponseTypePutsAnAccessTokenIntoTheBrowser() {
        for (String type : new String[] {"token", "id_token token", "code token", "code id_token token"}) {
            assertThat(rp.authorize("response_type", type).location())
                    .as(type)
                    .contains("error=unsupported_response_type");
        }
    }
}
