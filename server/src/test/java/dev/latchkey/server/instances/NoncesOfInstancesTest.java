package dev.latchkey.server.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.proof.Prover;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A DPoP nonce that one instance gives out is taken by another one on the same database (RFC 9449 §8). */
class NoncesOfInstancesTest {
    private static final String ISSUER = "http://localhost:9000";
    private static final String CONFIGURATION = "issuer: " + ISSUER + "\n"
            + "keys: {master-key: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}\n"
            + "tokens: {dpop-nonces: true}\n" + TestServer.CONFIGURATION;

    private final List<TestServer> instances = TestServer.startInstances(2, CONFIGURATION);
    private final TestServer first = instances.get(0);
    private final TestServer second = instances.get(1);
    private final Prover prover = new Prover(first.clock());

    @AfterEach
    void stop() {
        instances.forEach(TestServer::close);
    }

    private static Answer login(TestServer instance, String proof) {
        return Prover.postWith(instance, "/login", proof, "username", "alice", "password", TestServer.PASSWORD);
    }

    private String proof(String nonce) {
        return prover.proof("POST", ISSUER + "/login", null, nonce);
    }

    private static String nonceOf(Answer answer) {
        return answer.header("DPoP-Nonce").orElseThrow();
    }

    @Test
    void isTakenByTheOtherUntilItEnds() {
        Answer asked = login(first, prover.proof("POST", ISSUER + "/login"));
        assertThat(asked.json()).containsEntry("error", "use_dpop_nonce");
        String nonce = nonceOf(asked);

        Answer tokens = login(second, proof(nonce));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(login(first, proof(nonceOf(tokens))).status()).isEqualTo(200);

        first.clock().turn(Duration.ofSeconds(121));
        assertThat(login(second, proof(nonce)).json()).containsEntry("error", "use_dpop_nonce");
    }

    @Test
    void isTakenByTheOtherAtAResource() {
        String nonce = nonceOf(login(first, prover.proof("POST", ISSUER + "/login")));
        String token = login(first, proof(nonce)).text("access_token");
        String proof = prover.proof("GET", ISSUER + "/users/me", token, nonce);

        assertThat(Prover.getWith(second, "/users/me", token, proof).status()).isEqualTo(200);
        assertThat(Prover.getWith(first, "/users/me", token, proof).status())
                .as("used at the other")
                .isEqualTo(401);
    }
}
