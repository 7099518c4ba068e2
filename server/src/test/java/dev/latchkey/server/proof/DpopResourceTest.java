package dev.latchkey.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bound access tokens at the issuer's own resources (RFC 9449 §7). */
class DpopResourceTest {
    private final TestServer server = TestServer.start();
    private final Prover prover = new Prover(server.clock());
    private final Prover stranger = new Prover(server.clock());
    private final String token = login(prover).text("access_token");

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer login(Prover by) {
        return by.post(
                server, "/login", "username", "alice", "password", TestServer.PASSWORD, "scope", "openid profile");
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.json()).containsEntry("error", error);
        assertThat(answer.headers("WWW-Authenticate"))
                .singleElement()
                .asString()
                .startsWith("DPoP algs=\"")
                .contains("ES256")
                .contains("error=\"" + error + "\"");
        assertThat(answer.body()).doesNotContain("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/userinfo", "/users/me", "/users/me/"})
    void takesTheTokenWithAProof(String path) {
        Answer answer = prover.get(server, path, token);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json()).containsEntry("name", "Alice Liddell");
    }

    @Test
    void theQueryDoesNotCount() {
        String proof = prover.proof("GET", server.url() + "/userinfo", token, null);

        assertThat(Prover.getWith(server, "/userinfo?a=b", token, proof).status())
                .isEqualTo(200);
    }

    @Test
    void takesItByPostToo() {
        Answer answer = server.send(Prover.form(server, "/userinfo")
                .header("Authorization", "DPoP " + token)
                .header("DPoP", prover.proof("POST", server.url() + "/userinfo", token, null)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/userinfo", "/users/me"})
    void refusesItAsABearerToken(String path) {
        assertRefused(server.getAs(token, path), "invalid_token");
        assertRefused(
                server.send(server.request(path)
                        .header("Authorization", "Bearer " + token)
                        .header("DPoP", prover.proof("GET", server.url() + path, token, null))),
                "invalid_token");
    }

    @Test
    void refusesItInTheBody() {
        assertRefused(server.post("/userinfo", "access_token", token), "invalid_token");
    }

    @Test
    void refusesItInTwoWays() {
        Answer answer = server.send(Prover.form(server, "/userinfo", "access_token", token)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", prover.proof("POST", server.url() + "/userinfo", token, null)));

        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/userinfo", "/users/me"})
    void refusesItWithoutAProofThatFits(String path) {
        String url = server.url() + path;
        assertRefused(server.send(server.request(path).header("Authorization", "DPoP " + token)), "invalid_dpop_proof");
        assertRefused(Prover.getWith(server, path, token, prover.proof("GET", url)), "invalid_dpop_proof");
        assertRefused(
                Prover.getWith(server, path, token, prover.proof("GET", url, token + "x", null)), "invalid_dpop_proof");
        assertRefused(
                Prover.getWith(server, path, token, prover.proof("POST", url, token, null)), "invalid_dpop_proof");
        assertRefused(
                Prover.getWith(server, path, token, prover.proof("GET", server.url() + "/token", token, null)),
                "invalid_dpop_proof");
        assertRefused(Prover.getWith(server, path, token, "x.y.z"), "invalid_dpop_proof");
        assertRefused(Prover.getWith(server, path, token, stranger.proof("GET", url, token, null)), "invalid_token");
    }

    @Test
    void refusesTwoProofs() {
        String url = server.url() + "/userinfo";
        assertRefused(
                server.send(server.request("/userinfo")
                        .header("Authorization", "DPoP " + token)
                        .header("DPoP", prover.proof("GET", url, token, null))
                        .header("DPoP", prover.proof("GET", url, token, null))),
                "invalid_dpop_proof");
    }

    @Test
    void takesAProofOnce() {
        String proof = prover.proof("GET", server.url() + "/userinfo", token, null);
        assertThat(Prover.getWith(server, "/userinfo", token, proof).status()).isEqualTo(200);

        assertRefused(Prover.getWith(server, "/userinfo", token, proof), "invalid_dpop_proof");
    }

    @Test
    void takesAProofThatWasMadeJustNow() {
        Instant now = server.clock().instant();
        String url = server.url() + "/userinfo";
        Prover.Claims old = new Prover.Claims("old", "GET", url, now.minusSeconds(61), token, null);
        Prover.Claims early = new Prover.Claims("early", "GET", url, now.plusSeconds(31), token, null);

        assertRefused(Prover.getWith(server, "/userinfo", token, prover.sign(old)), "invalid_dpop_proof");
        assertRefused(Prover.getWith(server, "/userinfo", token, prover.sign(early)), "invalid_dpop_proof");
    }

    @Test
    void refusesBearerTokensUnderItsScheme() {
        String bearer = server.login().text("access_token");

        assertRefused(prover.get(server, "/users/me", bearer), "invalid_token");
        assertRefused(prover.get(server, "/users/me", "forged"), "invalid_token");
        assertThat(server.getAs(bearer, "/users/me").status()).isEqualTo(200);
    }

    @Test
    void refusesItWhenItWasRevoked() {
        server.post("/revoke", "token", token, "client_id", "first-party");

        assertRefused(prover.get(server, "/userinfo", token), "invalid_token");
    }

    @Test
    void letsScriptsOfOtherOriginsReadTheNonce() {
        Answer answer = server.send(server.request("/userinfo").header("Origin", "https://spa.example"));

        assertThat(answer.header("Access-Control-Expose-Headers").orElse("")).contains("DPoP-Nonce");
    }
}
