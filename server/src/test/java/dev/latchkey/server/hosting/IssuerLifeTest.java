package dev.latchkey.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Issuers are open while they are used, and what they gave lasts longer than that. */
@Timeout(60)
class IssuerLifeTest {
    private static final Duration PAUSE = Duration.ofMinutes(2);

    private final ManyIssuers issuers = ManyIssuers.start();
    private final TestServer server = issuers.server;

    @AfterEach
    void stop() {
        issuers.close();
    }

    private int open() {
        String metrics = server.get("/metrics").body();
        String line = metrics.lines()
                .filter(text -> text.startsWith("latchkey_issuers_open "))
                .findFirst()
                .orElseThrow();
        return (int) Double.parseDouble(line.substring(line.indexOf(' ')));
    }

    private void passAndCatchUp(Duration time) {
        server.clock().turn(time);
        server.server().catchUp();
    }

    /** What was visited at that very moment was open for it, and is not any more. */
    private void awaitAllClosed() {
        while (open() > 0) {
            server.server().catchUp();
        }
    }

    private Answer refresh(String issuer, String token) {
        return server.post(issuer + "/token", "grant_type", "refresh_token", "refresh_token", token);
    }

    @Test
    void anIssuerThatNobodyAsksIsClosed() {
        ManyIssuers.login(server, "/red");
        assertThat(open()).isPositive();

        passAndCatchUp(PAUSE);

        awaitAllClosed();
    }

    @Test
    void whatAnIssuerGaveIsGoodAfterItWasClosed() {
        Answer tokens = ManyIssuers.login(server, "/red");

        passAndCatchUp(PAUSE);

        assertThat(server.getAs(tokens.text("access_token"), "/red/users/me").status())
                .isEqualTo(200);
        Answer refreshed = refresh("/red", tokens.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        passAndCatchUp(PAUSE);
        assertThat(refresh("/red", refreshed.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void aRefreshThatIsRepeatedAfterTheGraceIsARepeatAlsoWhereTheIssuerWasClosedMeanwhile() {
        Answer tokens = ManyIssuers.login(server, "/red");
        Answer refreshed = refresh("/red", tokens.text("refresh_token"));
        passAndCatchUp(Duration.ofSeconds(5));
        passAndCatchUp(Duration.ofSeconds(20));
        passAndCatchUp(PAUSE);
        awaitAllClosed();

        assertThat(refresh("/red", tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(refresh("/red", refreshed.text("refresh_token")).text("error"))
                .isEqualTo("invalid_grant");
    }

    @Test
    void aLongGraceDoesNotStandStillWhileNobodyAsks() {
        issuers.restartWith("tokens: {refresh-grace: 4m}\n");
        ManyIssuers.login(server, "/red");

        passAndCatchUp(PAUSE);
        assertThat(open()).isPositive();
        passAndCatchUp(PAUSE.plusSeconds(10));

        awaitAllClosed();
    }

    @Test
    void noMoreThanTheLimitStayOpen() {
        issuers.restartWith("limits: {open-issuers: 2}\n");

        List<String> tokens = new ArrayList<>();
        tokens.add(ManyIssuers.login(server, "/red").text("access_token"));
        tokens.add(ManyIssuers.login(server, "/blue").text("access_token"));
        tokens.add(ManyIssuers.login(server, "green.example", "").text("access_token"));
        tokens.add(ManyIssuers.login(server, "shared.example", "/deep/gray").text("access_token"));

        while (open() > 2) {
            Thread.onSpinWait(); // those that have to make room are closed beside the requests
        }
        assertThat(server.getAs(tokens.getFirst(), "/red/users/me").status()).isEqualTo(200);
    }

    @Test
    void manyRequestsToAClosedIssuerOpenItOnceAndAllAreAnswered() throws Exception {
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            requests.add(() -> server.get("/red/jwks").status());
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : threads.invokeAll(requests)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
    }

    @Test
    void issuersAreClosedAndOpenedUnderRequestsWithoutAnyoneNoticing() throws Exception {
        issuers.restartWith("limits: {open-issuers: 1}\n");
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String issuer = i % 2 == 0 ? "/red" : "/blue";
            requests.add(() -> server.get(issuer + "/jwks").status());
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> status : threads.invokeAll(requests)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
    }

    @Test
    void aServerIsStartedAgainOnTheSameStores() {
        Answer tokens = ManyIssuers.login(server, "/blue");

        server.restartAfter(Duration.ofMinutes(1));

        // a free port makes another URL of it, but for the token that has none in it
        assertThat(refresh("/blue", tokens.text("refresh_token")).status()).isEqualTo(200);
        assertThat(refresh("/red", tokens.text("refresh_token")).status()).isEqualTo(400);
    }
}
