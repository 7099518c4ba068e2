package dev.latchkey.client;

import static dev.latchkey.client.StubTokenServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.client.StubTokenServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a token is got and when it is kept, and what happens when the server is not well. */
class TokenSourceTest {
    private final StubTokenServer server = new StubTokenServer();
    private final TurnedClock clock = new TurnedClock();
    /** Gets tokens on the thread that asks: what is otherwise in the background is done when the call returns. */
    private final TokenSource source = builder().executor(Runnable::run).build();

    private TokenSourceBuilder builder() {
        return TokenSource.clientCredentials(server.issuer())
                .client("stock", "s e:cret")
                .clock(clock)
                .timeout(Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Reply unavailable(String retryAfter) {
        return new Reply(503, Map.of("Retry-After", retryAfter), "");
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    @Test
    void aTokenIsKeptWhileItIsYoung() {
        assertThat(source.token()).isEqualTo("token-1");
        clock.advanceSeconds(79);

        assertThat(source.token()).isEqualTo("token-1");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void theNextOneIsGotInTheBackgroundWhenFourFifthsOfItsLifeHavePassed() {
        assertThat(source.token()).isEqualTo("token-1");
        clock.advanceSeconds(80);

        assertThat(source.token()).isEqualTo("token-1");
        assertThat(source.token()).isEqualTo("token-2");
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void whoComesWhileTheNextOneIsGotTakesTheOldOne() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        TokenSource slow = builder().executor(task -> daemon(task).start()).build();
        assertThat(slow.token()).isEqualTo("token-1");
        server.answering(request -> {
            awaitQuietly(answer);
            return server.token();
        });
        clock.advanceSeconds(90);

        assertThat(slow.token()).isEqualTo("token-1");
        assertThat(slow.token()).isEqualTo("token-1");
        answer.countDown();
        clock.advanceSeconds(10);
        assertThat(slow.token()).isEqualTo("token-2");
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void anExpiredTokenIsNeverGiven() {
        source.token();
        clock.advanceSeconds(100);

        assertThat(source.token()).isEqualTo("token-2");
    }

    @Test
    void sixtyFourThreadsAskOnce() throws Exception {
        CountDownLatch all = new CountDownLatch(64);
        server.answering(request -> {
            awaitQuietly(all);
            return server.token();
        });
        TokenSource shared = builder().build();
        try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(() -> {
                    all.countDown();
                    return shared.token();
                }));
            }
            Set<String> tokens = new HashSet<>();
            for (Future<String> answer : answers) {
                tokens.add(answer.get());
            }
            assertThat(tokens).containsExactly("token-1");
        }
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void whileTheServerIsDownTheOldTokenIsGivenAsLongAsItCounts() {
        source.token();
        server.answering(request -> unavailable("1"));
        clock.advanceSeconds(99);
        assertThat(source.token()).isEqualTo("token-1");
        clock.advanceSeconds(1);

        assertThatThrownBy(source::token)
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("503");
    }

    @Test
    void theServerIsLeftAloneAsLongAsItAsks() {
        server.answering(request -> unavailable("30"));
        for (int second = 0; second < 30; second++) {
            assertThatThrownBy(source::token)
                    .isInstanceOfSatisfying(
                            TokenUnavailableException.class,
                            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(30)));
            clock.advanceSeconds(1);
        }
        assertThat(server.asked()).hasSize(1);
        server.answering(request -> server.token());

        assertThat(source.token()).isEqualTo("token-1");
    }

    @Test
    void aDateToRetryAtIsUnderstoodAndATooDistantOneIsNotBelieved() {
        server.answering(request -> unavailable("Sun, 01 Mar 2026 12:00:42 GMT"));
        assertThatThrownBy(source::token)
                .isInstanceOfSatisfying(
                        TokenUnavailableException.class,
                        e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(42)));
        clock.advanceSeconds(42);
        server.answering(request -> unavailable("86400"));
        assertThatThrownBy(source::token)
                .isInstanceOfSatisfying(
                        TokenUnavailableException.class,
                        e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(5)));
    }

    @Test
    void eachFailureDoublesThePauseUpToAMinute() {
        server.answering(request -> json(500, "oops"));
        for (int second = 0; second < 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60; second++) {
            assertThatThrownBy(source::token).isInstanceOf(TokenUnavailableException.class);
            clock.advanceSeconds(1);
        }
        assertThat(server.asked()).hasSize(8);
    }

    @Test
    void whereNoThreadIsLeftTheNextCallTriesAgain() {
        AtomicBoolean full = new AtomicBoolean(true);
        TokenSource crowded = builder()
                .executor(task -> {
                    if (full.get()) {
                        throw new RejectedExecutionException();
                    }
                    task.run();
                })
                .build();
        assertThatThrownBy(crowded::token).isInstanceOf(TokenUnavailableException.class);
        full.set(false);
        clock.advanceSeconds(1);

        assertThat(crowded.token()).isEqualTo("token-1");
    }

    @Test
    void aRefusedTokenIsForgottenButNotEveryOneThatIsRefused() {
        String first = source.token();
        source.invalidate("another");
        assertThat(source.token()).isEqualTo(first);
        source.invalidate(first);
        String second = source.token();
        assertThat(second).isEqualTo("token-2");
        source.invalidate(second);
        assertThat(source.token()).isEqualTo(second);
        clock.advanceSeconds(5);
        source.invalidate(second);

        assertThat(source.token()).isEqualTo("token-3");
    }

    @Test
    void aDenialSaysWhyAndNotMore() {
        server.answering(
                request -> json(401, "{\"error\":\"invalid_client\",\"error_description\":\"no\\n\\u0007such\"}"));

        assertThatThrownBy(source::token)
                .isInstanceOfSatisfying(
                        TokenDeniedException.class, e -> assertThat(e.error()).isEqualTo("invalid_client"))
                .hasMessageContaining("invalid_client (no??such)")
                .hasMessageNotContaining("cret");
        assertThatThrownBy(source::token).isInstanceOf(TokenDeniedException.class);
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>",
                "{}",
                "{\"access_token\":\"t\"}",
                "{\"access_token\":\"t\",\"token_type\":\"DPoP\"}",
                "{\"access_token\":\"t\",\"token_type\":1}",
                "{\"access_token\":1,\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"t\\r\\nX-Evil: 1\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"t\",\"access_token\":\"u\",\"token_type\":\"Bearer\"}"
            })
    void whatIsNoTokenIsNotGiven(String body) {
        server.answering(request -> json(200, body));

        assertThatThrownBy(source::token).isInstanceOf(TokenUnavailableException.class);
    }

    @Test
    void aTokenThatDoesNotSayHowLongItLivesLivesAMinute() {
        server.answering(request -> json(200, "{\"access_token\":\"t\",\"token_type\":\"bearer\"}"));
        source.token();
        clock.advanceSeconds(60);
        source.token();

        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void aLifetimeBeyondReasonDoesNoHarm() {
        server.answering(request ->
                json(200, "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":9223372036854775807}"));

        assertThat(source.token()).isEqualTo("t");
    }

    @Test
    void anEndlessAnswerIsNotReadToItsEnd() {
        server.answering(request -> json(200, "{\"access_token\":\"" + "x".repeat(1_000_000) + "\"}"));

        assertThatThrownBy(source::token)
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("longer");
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForLong() {
        CountDownLatch never = new CountDownLatch(1);
        server.answering(request -> {
            awaitQuietly(never);
            return server.token();
        });
        TokenSource impatient = builder().timeout(Duration.ofMillis(200)).build();

        assertThatThrownBy(impatient::token).isInstanceOf(TokenUnavailableException.class);
        never.countDown();
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.answering(request -> new Reply(307, Map.of("Location", server.issuer() + "/elsewhere"), ""));

        assertThatThrownBy(source::token)
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("307");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void theMetadataOfAnotherIssuerIsNotBelieved() {
        TokenSource other = TokenSource.clientCredentials(server.issuer() + "/other")
                .client("stock", "secret")
                .executor(Runnable::run)
                .build();

        assertThatThrownBy(other::token).isInstanceOf(TokenUnavailableException.class);
        assertThat(server.asked())
                .allSatisfy(request -> assertThat(request.form()).isEmpty());
    }

    @Test
    void secretsAreNotSentInTheClear() {
        assertThatThrownBy(() -> TokenSource.clientCredentials("http://login.example")
                        .client("stock", "secret")
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        builder().tokenEndpoint("http://login.example/token").build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(builder()
                        .tokenEndpoint("http://login.example/token")
                        .insecureAllowHttp()
                        .build())
                .isNotNull();
    }

    @Test
    void theCredentialsAreEncodedBeforeTheyAreJoined() {
        source.token();

        assertThat(server.asked().getFirst().headers().get("Authorization"))
                .isEqualTo("Basic "
                        + java.util.Base64.getEncoder()
                                .encodeToString("stock:s+e%3Acret".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void nothingSecretIsInWhatIsPrinted() {
        TokenSource kept = TokenSource.refreshToken(server.issuer(), "refresh-secret")
                .clientSecretPost("stock", "client-secret")
                .build();

        assertThat(source.toString() + kept + AccessToken.of("token-1", clock.instant(), 60))
                .contains("stock")
                .doesNotContain("secret")
                .doesNotContain("cret")
                .doesNotContain("token-1");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(TokenSource.clientCredentials(server.issuer())::build)
                .hasMessageContaining("client(…)");
        assertThatThrownBy(() -> builder().client("again", "secret")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder().audience("orders")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(TokenSource.clientCredentials(server.issuer()).publicClient("web")::build)
                .isInstanceOf(IllegalStateException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
