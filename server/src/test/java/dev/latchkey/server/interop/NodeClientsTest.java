package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.latchkey.server.TestServer;
import dev.latchkey.token.Json;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clients of Node.js, {@code openid-client} and {@code oauth4webapi}: scripts of src/test/node sign alice in. */
class NodeClientsTest {
    private static final String REDIRECT_URI = "https://rp.example/callback";
    private static final String SIGNED_OUT_URI = "https://rp.example/signed-out";
    private static final String SECRET = "party-secret-party-secret-0000000";

    private static NodeScripts scripts;
    private final ECKey key = key();
    private final TestServer server = TestServer.start("""
        registration: {access: open}
        tokens: {dpop-nonces: true}
        %s  - client_id: keyed
            jwks: %s
            token_endpoint_auth_method: private_key_jwt
            redirect_uris: ['%s']
            grant_types: [authorization_code, refresh_token]
            scope: openid profile email offline_access
          - client_id: party
            client_secret: %s
            redirect_uris: ['%s']
            post_logout_redirect_uris: ['%s']
            grant_types: [authorization_code, refresh_token]
            response_types: [code, code id_token, id_token]
            scope: openid profile email offline_access
          - client_id: bound
            token_endpoint_auth_method: none
            redirect_uris: ['%s']
            grant_types: [authorization_code, refresh_token]
            scope: openid profile email offline_access
            dpop_bound_access_tokens: true
        """.formatted(
                    TestServer.CONFIGURATION,
                    new JWKSet(key.toPublicJWK()),
                    REDIRECT_URI,
                    SECRET,
                    REDIRECT_URI,
                    SIGNED_OUT_URI,
                    REDIRECT_URI));

    @BeforeAll
    static void install() {
        scripts = NodeScripts.installOrSkip("NodeClientsTest");
    }

    @BeforeEach
    void turnToPresent() {
        server.clock().turnToPresent();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("its-only-key").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> run(String script) {
        return scripts.run(
                script,
                Json.write(Map.of(
                        "issuer",
                        server.url(),
                        "account",
                        Map.of("username", "alice", "password", TestServer.PASSWORD),
                        "redirectUri",
                        REDIRECT_URI,
                        "postLogoutRedirectUri",
                        SIGNED_OUT_URI,
                        "clients",
                        Map.of("party", Map.of("secret", SECRET), "keyed", Map.of("key", key.toJSONObject())))));
    }

    private String subject() {
        return (String) server.getAs(server.login().text("access_token"), "/userinfo")
                .json()
                .get("sub");
    }

    private void assertWhole(Map<String, Object> found) {
        String subject = subject();
        for (String client : List.of("secret", "key", "registered")) {
            assertThat(found)
                    .extractingByKey(client, InstanceOfAssertFactories.map(String.class, Object.class))
                    .as(client)
                    .containsEntry("sub", subject)
                    .containsEntry("name", "Alice Liddell")
                    .containsEntry("sameUserAfterRefresh", true)
                    .containsEntry("rotated", true)
                    .containsEntry("activeBeforeRevocation", true)
                    .containsEntry("activeAfterRevocation", false);
        }
        assertThat(found)
                .containsEntry("hybrid", subject)
                .containsEntry("hybridFormPost", subject)
                .containsEntry("signedOut", Map.of("back", true, "afterwards", "login_required"));
    }

    @Test
    void openidClientDoesAllThatItCan() {
        Map<String, Object> found = run("openid-client.mjs");

        assertWhole(found);
        assertThat(found)
                .containsEntry("formPost", subject())
                .containsEntry("implicit", subject())
                .containsEntry("refused", "login_required")
                .containsEntry(
                        "bound",
                        Map.of(
                                "types",
                                List.of("dpop", "dpop"),
                                "name",
                                "Alice Liddell",
                                "withoutKey",
                                "invalid_dpop_proof"));
    }

    @Test
    void oauth4webapiDoesAllThatItCan() {
        assertWhole(run("oauth4webapi.mjs"));
    }
}
