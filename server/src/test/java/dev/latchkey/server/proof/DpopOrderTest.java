package dev.latchkey.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.token.DpopRefusal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is cheap to check comes first: of several things that are wrong with a proof, its sender hears of the signature last. */
class DpopOrderTest {
    private static final String[] GRANT = {
        "grant_type", "password", "client_id", "app", "username", "alice", "password", TestServer.PASSWORD
    };

    private final TestServer server = TestServer.start();
    private final Prover prover = new Prover(server.clock());
    private String url = "";

    @BeforeEach
    void findUrl() {
        url = server.url() + "/token";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** With a signature that is none of it. */
    private String spoilt(String proof) {
        String other = prover.proof("POST", url);
        return proof.substring(0, proof.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
    }

    private static void assertRefused(Answer answer, DpopRefusal refusal) {
        assertThat(answer.json())
                .containsEntry("error", "invalid_dpop_proof")
                .containsEntry("error_description", refusal.sentence());
    }

    private Answer post(String proof) {
        return Prover.postWith(server, "/token", proof, GRANT);
    }

    @Test
    void whatItSaysComesBeforeItsTime() {
        String old = prover.proofMadeAt(server.clock().instant().minus(Duration.ofHours(1)), url + "/other");

        assertRefused(post(spoilt(old)), DpopRefusal.OTHER_ADDRESS);
    }

    @Test
    void itsTimeComesBeforeItsSignature() {
        String old = prover.proofMadeAt(server.clock().instant().minus(Duration.ofHours(1)), url);

        assertRefused(post(spoilt(old)), DpopRefusal.NOT_FRESH);
        assertRefused(post(spoilt(prover.proof("POST", url))), DpopRefusal.BAD_SIGNATURE);
    }

    @Test
    void itsNonceComesBeforeItsSignature() {
        server.restartWith("tokens: {dpop-nonces: true}\n" + TestServer.CONFIGURATION);
        findUrl();

        Answer answer = post(spoilt(prover.proof("POST", url)));

        assertThat(answer.json()).containsEntry("error", "use_dpop_nonce");
        String nonce = answer.header("DPoP-Nonce").orElseThrow();
        assertRefused(post(spoilt(prover.proof("POST", url, null, nonce))), DpopRefusal.BAD_SIGNATURE);
    }

    /** What uses a proof up is last of all: a forged one with the name of a good one takes nothing away. */
    @Test
    void aForgedProofUsesNoneUp() {
        String proof = prover.proof("POST", url);

        assertRefused(post(spoilt(proof)), DpopRefusal.BAD_SIGNATURE);
        assertThat(post(proof).status()).isEqualTo(200);
        assertRefused(post(proof), DpopRefusal.USED_BEFORE);
    }

    @Test
    void aForgedProofUsesNoneUpAtAResource() {
        String token = prover.post(server, "/token", GRANT).text("access_token");
        String proof = prover.proof("GET", server.url() + "/users/me", token, null);

        assertRefused(Prover.getWith(server, "/users/me", token, spoilt(proof)), DpopRefusal.BAD_SIGNATURE);
        assertThat(Prover.getWith(server, "/users/me", token, proof).status()).isEqualTo(200);
        assertRefused(Prover.getWith(server, "/users/me", token, proof), DpopRefusal.USED_BEFORE);
    }
}
