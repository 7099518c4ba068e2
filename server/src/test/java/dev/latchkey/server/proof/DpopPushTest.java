package dev.latchkey.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.authorize.CodeRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A proof with a pushed request says to which key the code is bound, as {@code dpop_jkt} does (RFC 9449 §10.1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DpopPushTest {
    private static final String REDIRECT_URI = "https://spa.example/callback";

    private final TestServer server = TestServer.start();
    private final Prover prover = new Prover(server.clock());
    private final Prover stranger = new Prover(server.clock());

    @AfterAll
    void stop() {
        server.close();
    }

    private static String[] request(String... more) {
        return CodeRequest.of("spa", REDIRECT_URI, more);
    }

    private static String[] redemption(String code) {
        return CodeRequest.redemption(code, REDIRECT_URI, "client_id", "spa");
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo(error);
    }

    @Test
    void theCodeIsBoundToTheKeyOfTheProof() {
        Answer push = prover.post(server, "/par", request());
        assertThat(push.status()).as(push.body()).isEqualTo(201);
        UserAgent alice = new UserAgent(server);
        String code = alice.submit(
                        alice.signIn(alice.authorize("client_id", "spa", "request_uri", push.text("request_uri"))),
                        "decision",
                        "allow")
                .code();

        assertRefused(server.post("/token", redemption(code)), "invalid_dpop_proof");
        assertRefused(stranger.post(server, "/token", redemption(code)), "invalid_grant");
        assertThat(prover.post(server, "/token", redemption(code)).json()).containsEntry("token_type", "DPoP");
    }

    @Test
    void aProofAndAThumbprintThatDifferAreRefused() {
        assertRefused(prover.post(server, "/par", request("dpop_jkt", stranger.thumbprint())), "invalid_dpop_proof");
        assertThat(prover.post(server, "/par", request("dpop_jkt", prover.thumbprint()))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aProofIsTakenOnceAndForThisAddressOnly() {
        String proof = prover.proof("POST", server.url() + "/par");

        assertThat(Prover.postWith(server, "/par", proof, request()).status()).isEqualTo(201);
        assertRefused(Prover.postWith(server, "/par", proof, request()), "invalid_dpop_proof");
        assertRefused(
                Prover.postWith(server, "/par", prover.proof("POST", server.url() + "/token"), request()),
                "invalid_dpop_proof");
    }

    @Test
    void aServerWithNoncesGivesOneOut() {
        try (TestServer withNonces = TestServer.start(TestServer.CONFIGURATION + "tokens: {dpop-nonces: true}\n")) {
            Prover sender = new Prover(withNonces.clock());
            Answer refused = sender.post(withNonces, "/par", request());
            assertRefused(refused, "use_dpop_nonce");
            String nonce = refused.header("DPoP-Nonce").orElseThrow();

            Answer push = Prover.postWith(
                    withNonces, "/par", sender.proof("POST", withNonces.url() + "/par", null, nonce), request());

            assertThat(push.status()).as(push.body()).isEqualTo(201);
        }
    }
}
