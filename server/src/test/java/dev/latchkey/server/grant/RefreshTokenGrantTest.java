package dev.latchkey.server.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rotation of refresh tokens: one chain, whatever is repeated, raced, replayed or interrupted (DESIGN §6). */
class RefreshTokenGrantTest {
    private static final Duration WITHIN_GRACE = Duration.ofSeconds(9);
    private static final Duration AFTER_GRACE = Duration.ofSeconds(11);

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private String login() {
        return server.login().text("refresh_token");
    }

    private String refreshed(String token) {
        Answer answer = server.refresh(token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.text("refresh_token");
    }

    private void assertDead(String token) {
        Answer answer = server.refresh(token);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("error", "invalid_grant");
    }

    @Test
    void reuseWithinTheGraceReturnsTheSameSuccessor() {
        String first = login();
        String second = refreshed(first);
        server.clock().turn(WITHIN_GRACE);
        assertThat(refreshed(first)).isEqualTo(second);
        assertThat(refreshed(second)).isNotEqualTo(second);
    }

    @Test
    void reuseAfterTheGraceRevokesTheSession() {
        Answer login = server.login();
        String first = login.text("refresh_token");
        Answer refreshed = server.refresh(first);
        server.clock().turn(AFTER_GRACE);
        assertDead(first);
        assertDead(refreshed.text("refresh_token"));
        assertThat(server.getAs(refreshed.text("access_token"), "/users/me").status())
                .isEqualTo(401);
        assertThat(server.getAs(login.text("access_token"), "/users/me").status())
                .isEqualTo(401);
    }

    @Test
    void reuseAfterTheSuccessorWasUsedRevokesTheSessionEvenWithinTheGrace() {
        String first = login();
        String third = refreshed(refreshed(first));
        assertDead(first);
        assertDead(third);
    }

    @Test
    void otherSessionsLiveThroughAReplay() {
        String first = login();
        String other = login();
        refreshed(first);
        server.clock().turn(AFTER_GRACE);
        assertDead(first);
        refreshed(other);
    }

    @Test
    void anOutageDoesNotCountAsGrace() {
        String first = login();
        String second = refreshed(first);
        server.restartAfter(Duration.ofHours(3));
        assertThat(refreshed(first)).isEqualTo(second);
        server.clock().turn(AFTER_GRACE);
        assertDead(first);
    }

    @Test
    void aSessionLivesFromUseToUseButNotPastItsLongest() {
        String token = login();
        for (int day = 0; day < 364; day += 28) {
            server.clock().turn(Duration.ofDays(28));
            token = refreshed(token);
        }
        server.clock().turn(Duration.ofDays(1).minusSeconds(60));
        Answer last = server.refresh(token);
        assertThat(last.json()).as("no access token outlives the session").containsEntry("expires_in", 60L);
        server.clock().turn(Duration.ofSeconds(60));
        assertDead(last.text("refresh_token"));
    }

    @Test
    void sixtyFourThreadsRefreshingOneTokenEndInOneChain() throws Exception {
        String token = login();
        for (int round = 0; round < 5; round++) {
            String raced = token;
            List<Callable<Answer>> racers = IntStream.range(0, 64)
                    .<Callable<Answer>>mapToObj(_ -> () -> server.refresh(raced))
                    .toList();
            try (var threads = Executors.newFixedThreadPool(64)) {
                List<Answer> answers = threads.invokeAll(racers).stream()
                        .map(Future::resultNow)
                        .toList();
                assertThat(answers).allMatch(answer -> answer.status() == 200);
                assertThat(answers.stream()
                                .map(answer -> answer.text("refresh_token"))
                                .distinct())
                        .hasSize(1);
                token = answers.getFirst().text("refresh_token");
            }
        }
        refreshed(token);
    }

    @Test
    void lessScopeInOneRefreshLeavesTheSessionItsScope() {
        Answer login = server.login();
        Answer less = server.post(
                "/token",
                "grant_type",
                "refresh_token",
                "refresh_token",
                login.text("refresh_token"),
                "scope",
                "openid");
        assertThat(less.json()).containsEntry("scope", "openid");
        Answer again = server.refresh(less.text("refresh_token"));
        assertThat(again.text("scope")).isEqualTo(login.text("scope")); // RFC 6749 §6
    }

    @Test
    void aRefusedScopeDoesNotUseTheTokenUp() {
        String token = login();
        Answer refused =
                server.post("/token", "grant_type", "refresh_token", "refresh_token", token, "scope", "no:such");
        assertThat(refused.json()).containsEntry("error", "invalid_scope");
        server.clock().turn(AFTER_GRACE);
        refreshed(token);
    }
}
