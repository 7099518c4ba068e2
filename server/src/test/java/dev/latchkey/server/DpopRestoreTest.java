package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Commands.Outcome;
import dev.latchkey.server.proof.Prover;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A restored backup has forgotten which DPoP proofs were used after it was taken, and takes none of them: not while they would
 * be young enough (decision 0155).
 */
class DpopRestoreTest {
    private static final String ISSUER = "http://localhost:9000";
    private static final String URL = ISSUER + "/login";
    private static final String CONFIGURATION = "issuer: " + ISSUER + "\n" + TestServer.CONFIGURATION;

    private final TestServer server = TestServer.startOnSqlite(CONFIGURATION);
    private final Prover prover = new Prover(server.clock());
    private final Path backup = server.folder().resolve("backup.db");

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer login(String proof) {
        return Prover.postWith(server, "/login", proof, "username", "alice", "password", TestServer.PASSWORD);
    }

    private void command(String... arguments) {
        Outcome outcome = new Commands(server.clock(), server.folder().resolve("data")).run(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    private void restore() {
        server.whileStopped(() -> {
            server.clock().turn(Duration.ofSeconds(1));
            command("restore", backup.toString());
        });
    }

    @Test
    void aProofThatWasUsedAfterTheBackupIsNotUsedAgain() {
        command("backup", backup.toString());
        Instant now = server.clock().instant();
        String dated = prover.proof("POST", URL);
        String fast = prover.proofMadeAt(now.plusSeconds(30), URL);
        assertThat(login(dated).status()).isEqualTo(200);
        assertThat(login(fast).status()).isEqualTo(200);

        restore();

        for (int i = 0; i < 10; i++) {
            for (String proof : new String[] {dated, fast}) {
                assertThat(login(proof).json())
                        .containsEntry("error", "invalid_dpop_proof")
                        .containsEntry("error_description", "The DPoP proof was not made just now");
            }
            server.clock().turn(Duration.ofSeconds(10));
        }
        assertThat(login(prover.proof("POST", URL)).status()).isEqualTo(200);
    }

    @Test
    void norOneWithANonceOfBefore() {
        server.restartWith("tokens: {dpop-nonces: true}\n" + CONFIGURATION);
        command("backup", backup.toString());
        String nonce = login(prover.proof("POST", URL)).header("DPoP-Nonce").orElseThrow();
        String proof = prover.proof("POST", URL, null, nonce);
        assertThat(login(proof).status()).isEqualTo(200);

        restore();

        for (int i = 0; i < 13; i++) {
            assertThat(login(proof).json()).containsEntry("error", "use_dpop_nonce");
            server.clock().turn(Duration.ofSeconds(10));
        }
        String next = login(proof).header("DPoP-Nonce").orElseThrow();
        assertThat(login(prover.proof("POST", URL, null, next)).status()).isEqualTo(200);
    }
}
