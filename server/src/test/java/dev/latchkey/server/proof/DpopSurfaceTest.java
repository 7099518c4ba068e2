package dev.latchkey.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.authorize.Pkce;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What else is seen of DPoP: metadata, introspection, the parameter of /authorize, and the lock of accounts. */
class DpopSurfaceTest {
    private final TestServer server = TestServer.start();
    private final Prover prover = new Prover(server.clock());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "0123456789012345678901234567890123456789+/=",
                "01234567890123456789012345678901234567890123"
            })
    void aThumbprintThatIsNoneIsRefused(String thumbprint) {
        UserAgent alice = new UserAgent(server);
        var visit = alice.authorize(
                "client_id",
                "spa",
                "redirect_uri",
                "https://spa.example/callback",
                "response_type",
                "code",
                "code_challenge",
                Pkce.CHALLENGE,
                "code_challenge_method",
                "S256",
                "dpop_jkt",
                thumbprint);

        assertThat(visit.answer().header("Location").orElse("none"))
                .startsWith(thumbprint.isEmpty() ? "none" : "https://spa.example/callback?error=invalid_request");
    }

    @Test
    void introspectionTellsOfTheKey() {
        Answer tokens = prover.post(server, "/login", "username", "alice", "password", TestServer.PASSWORD);
        Map<String, Object> confirmation = Map.of("jkt", prover.thumbprint());

        assertThat(server.postAs(
                                "service",
                                "service-secret-service-secret-00",
                                "/introspect",
                                "token",
                                tokens.text("access_token"))
                        .json())
                .containsEntry("active", true)
                .containsEntry("token_type", "DPoP")
                .containsEntry("cnf", confirmation);
    }

    @Test
    void theMetadataTellOfIt() {
        for (String path : List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
            assertThat(server.get(path).json().get("dpop_signing_alg_values_supported"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .contains("ES256", "EdDSA", "PS256")
                    .doesNotContain("none", "HS256");
        }
    }

    @Test
    void guessesAtPasswordsAreCountedWithAProofToo() {
        String proof = prover.proof("POST", server.url() + "/login");
        for (int i = 0; i < 5; i++) {
            assertThat(Prover.postWith(server, "/login", proof, "username", "alice", "password", "wrong")
                            .status())
                    .isEqualTo(401);
        }
        assertThat(Prover.postWith(server, "/login", proof, "username", "alice", "password", TestServer.PASSWORD)
                        .status())
                .isEqualTo(429);
    }
}
