package dev.latchkey.server.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proofs where the server wants its nonce in them (RFC 9449 §8, §9). */
class DpopNonceTest {
    private static final String[] GRANT = {
        "grant_type", "password", "client_id", "app", "username", "alice", "password", TestServer.PASSWORD
    };

    private final TestServer server = TestServer.start("tokens: {dpop-nonces: true}\n" + TestServer.CONFIGURATION);
    private final Prover prover = new Prover(server.clock());

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer ask(@Nullable String nonce) {
        return Prover.postWith(server, "/token", prover.proof("POST", server.url() + "/token", null, nonce), GRANT);
    }

    private static String nonceOf(Answer answer) {
        assertThat(answer.headers("DPoP-Nonce")).hasSize(1);
        return answer.header("DPoP-Nonce").orElseThrow();
    }

    private static void assertAskedForNonce(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json()).containsEntry("error", "use_dpop_nonce");
        assertThat(nonceOf(answer)).matches("[A-Za-z0-9_-]{32}");
    }

    @Test
    void isGivenWithTheRefusalAndWithEveryAnswer() {
        Answer refused = ask(null);
        assertAskedForNonce(refused, 400);
        assertThat(refused.header("WWW-Authenticate")).isEmpty();

        Answer tokens = ask(nonceOf(refused));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(ask(nonceOf(tokens)).status()).isEqualTo(200);
    }

    @Test
    void canBeUsedManyTimesUntilItEnds() {
        String nonce = nonceOf(ask(null));
        for (int i = 0; i < 4; i++) {
            assertThat(ask(nonce).status()).isEqualTo(200);
            server.clock().turn(Duration.ofSeconds(30));
        }
        assertThat(ask(nonce).status()).isEqualTo(200);
        server.clock().turn(Duration.ofSeconds(1));

        assertAskedForNonce(ask(nonce), 400);
    }

    @Test
    void whoGoesOnAskingAlwaysHasOne() {
        String nonce = nonceOf(ask(null));
        for (int i = 0; i < 10; i++) {
            server.clock().turn(Duration.ofSeconds(100));
            Answer answer = ask(nonce);
            assertThat(answer.status()).isEqualTo(200);
            nonce = nonceOf(answer);
        }
    }

    @Test
    void aProofWithOneIsTakenOnceUntilThat() {
        String nonce = nonceOf(ask(null));
        String proof = prover.proof("POST", server.url() + "/token", null, nonce);
        assertThat(Prover.postWith(server, "/token", proof, GRANT).status()).isEqualTo(200);
        for (int i = 0; i < 12; i++) {
            assertThat(Prover.postWith(server, "/token", proof, GRANT).json())
                    .containsEntry("error", "invalid_dpop_proof");
            server.clock().turn(Duration.ofSeconds(10));
            server.keepHouse();
        }
    }

    @Test
    void whatTheClientsClockSaysDoesNotCount() {
        String nonce = nonceOf(ask(null));
        String url = server.url() + "/token";
        for (Duration wrong : new Duration[] {Duration.ofDays(-400), Duration.ofDays(400)}) {
            Prover.Claims claims = new Prover.Claims(
                    "at " + wrong, "POST", url, server.clock().instant().plus(wrong), null, nonce);
            assertThat(Prover.postWith(server, "/token", prover.sign(claims), GRANT)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void othersAreNotTaken() {
        String good = nonceOf(ask(null));
        String changed = (good.startsWith("A") ? "B" : "A") + good.substring(1);
        for (String nonce :
                new String[] {changed, good + "A", good.substring(1), good.substring(0, 31) + "=", "nonce"}) {
            assertAskedForNonce(ask(nonce), 400);
        }
    }

    @Test
    void isWantedAtResourcesToo() {
        Answer tokens = ask(nonceOf(ask(null)));
        String token = tokens.text("access_token");
        String url = server.url() + "/users/me";

        Answer refused = prover.get(server, "/users/me", token);
        assertAskedForNonce(refused, 401);
        assertThat(refused.header("WWW-Authenticate").orElse(""))
                .startsWith("DPoP algs=")
                .contains("error=\"use_dpop_nonce\"");
        Answer answer = Prover.getWith(server, "/users/me", token, prover.proof("GET", url, token, nonceOf(refused)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(nonceOf(answer)).isNotEmpty();
    }

    @Test
    void isNotTakenFromAnotherIssuer() {
        try (TestServer other = TestServer.start("tokens: {dpop-nonces: true}\n" + TestServer.CONFIGURATION)) {
            Answer refused = new Prover(other.clock()).post(other, "/token", GRANT);

            assertAskedForNonce(ask(nonceOf(refused)), 400);
        }
    }

    @Test
    void whoSendsNoProofHearsNothingOfIt() {
        Answer answer = server.post("/token", GRANT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("DPoP-Nonce")).isEmpty();
    }
}
