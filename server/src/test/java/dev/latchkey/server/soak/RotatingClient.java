package dev.latchkey.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.token.UnverifiedToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Logs in once and then lives from refresh to refresh. It does what honest clients do: a request that failed it sends again as
 * it was, now and then it forgets an answer and asks again, or asks twice at once as two tabs do.
 */
final class RotatingClient {
    private static final int PERCENT = 100;
    private static final int REPEATS_PERCENT = 10;
    private static final int RACES_PERCENT = 15;

    private final HttpClient http;
    private final String url;
    private final Gate gate;
    private final Tally tally;
    private final Random random;
    /** Every refresh token of the session so far, oldest first; the last one is what the client has. */
    private final List<String> chain = new ArrayList<>();

    private volatile Held held;

    RotatingClient(HttpClient http, String url, Gate gate, Tally tally, Random random) {
        this.http = http;
        this.url = url;
        this.gate = gate;
        this.tally = tally;
        this.random = random;
    }

    /** Session and generation of the token that was acknowledged last. */
    Held held() {
        return held;
    }

    void login() {
        Answer answer = ask("/login", "username=alice&password=correct+horse+battery+staple");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        keep(answer.text("refresh_token"));
    }

    private void keep(String refreshToken) {
        chain.add(refreshToken);
        held = Held.of(refreshToken);
    }

    void rotateUntil(BooleanSupplier enough) {
        while (!enough.getAsBoolean()) {
            String present = chain.getLast();
            int dice = random.nextInt(PERCENT);
            String next = dice < REPEATS_PERCENT || dice >= RACES_PERCENT ? successor(present) : raced(present);
            if (dice < REPEATS_PERCENT) {
                assertThat(successor(present))
                        .as("the answer to the same request")
                        .isEqualTo(next);
                tally.repeated.incrementAndGet();
            }
            keep(next);
            tally.rotations.incrementAndGet();
        }
    }

    private String raced(String present) {
        CompletableFuture<String> other =
                CompletableFuture.supplyAsync(() -> successor(present), Thread::startVirtualThread);
        String next = successor(present);
        assertThat(other.join())
                .as("the answer to the same request at the same time")
                .isEqualTo(next);
        tally.raced.incrementAndGet();
        return next;
    }

    private String successor(String present) {
        Answer answer = refresh(present);
        assertThat(answer.status()).as("a session is lost: " + answer.body()).isEqualTo(200);
        String next = answer.text("refresh_token");
        Held expected = Held.of(present).next();
        assertThat(Held.of(next)).as("one chain").isEqualTo(expected);
        assertThat(UnverifiedToken.parse(answer.text("access_token")).claims())
                .containsEntry("sid", expected.session().value());
        tally.follows(present, next);
        return next;
    }

    /** What came last works, what came before does not, and who tries it ends the session. */
    void checkTheEnd() {
        keep(successor(chain.getLast()));
        keep(successor(chain.getLast()));
        assertThat(chain).doesNotHaveDuplicates();
        String used = chain.get(random.nextInt(chain.size() - 2));
        for (String dead : List.of(used, chain.getLast())) {
            Answer answer = refresh(dead);
            assertThat(answer.status()).as("a used token is refused").isEqualTo(400);
            assertThat(answer.json()).containsEntry("error", "invalid_grant");
        }
        tally.replaysRefused.incrementAndGet();
    }

    private Answer refresh(String refreshToken) {
        return ask("/token", "grant_type=refresh_token&refresh_token=" + encode(refreshToken));
    }

    /** Sends the same request until there is an answer other than that there can be none. */
    private Answer ask(String path, String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(form))
                .build();
        while (true) {
            gate.await();
            try {
                Answer answer = new Answer(http.send(request, BodyHandlers.ofString()));
                if (answer.status() != 503) {
                    return answer;
                }
                tally.unavailable.incrementAndGet();
            } catch (IOException _) {
                tally.unanswered.incrementAndGet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            gate.backOff();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
