package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.http.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are too large are refused soon, whatever in them is too large. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SizeTest {
    private static final int KB = 1000;

    /** Generous, so that a busy machine fails nobody; what it is in truth is printed. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Scene scene = new Scene();

    @AfterAll
    void stop() {
        scene.close();
    }

    /** Whether consent is asked for or another test has given it. */
    private void signIn(UserAgent browser) {
        browser.signIn(scene.authorize(browser));
        Visit page = scene.authorize(browser);
        if (page.status() == 200) {
            browser.submit(page, "decision", "allow");
        }
    }

    private static String words(int count) {
        StringBuilder words = new StringBuilder("openid");
        IntStream.range(1, count).forEach(i -> words.append(" w").append(i));
        return words.toString();
    }

    private RawConnection.Answer raw(String request) {
        try (RawConnection connection = new RawConnection(scene.server.server().port())) {
            try {
                connection.send(request);
            } catch (IOException e) {
                // it may have been refused before all of it was sent
            }
            return connection.answer();
        } catch (IOException e) {
            return new RawConnection.Answer("HTTP/1.1 400 the connection was closed", "");
        }
    }

    private RawConnection.Answer get(String query) {
        return raw("GET /authorize?" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private RawConnection.Answer post(String path, String form) {
        return raw(
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: " + form.length() + "\r\n\r\n" + form);
    }

    private static void isRefused(RawConnection.Answer answer) {
        assertThat(answer.status()).as(answer.head()).isIn(400, 413, 414, 431);
        assertThat(answer.header("Location")).isEmpty();
    }

    @Test
    void aScopeOfHalfAMillionWordsIsRefusedSoon() {
        String query = Scene.query("scope", words(500_000));
        for (int i = 0; i < 5; i++) {
            isRefused(get(query));
            isRefused(post("/authorize", query));
        }

        isSoon("GET /authorize with 500,000 words of scope", () -> isRefused(get(query)));
        isSoon("POST /authorize with 500,000 words of scope", () -> isRefused(post("/authorize", query)));
        isSoon("POST /token with 500,000 words of scope", () -> isRefused(post("/token", query)));
    }

    /** As many as fit into what is read at all. */
    @Test
    void aScopeOfAsManyWordsAsFitIsRefusedSoon() {
        String query = Scene.query("scope", words(2_000));

        isSoon("GET /authorize with 2,000 words of scope", () -> {
            RawConnection.Answer answer = get(query);
            assertThat(answer.status()).isEqualTo(303);
            assertThat(answer.header("Location")).startsWith(Scene.REDIRECT_URI + "?error=invalid_scope");
        });
    }

    /** One of a few tries: on a machine that stands still, nothing is soon. */
    private static void isSoon(String what, Runnable request) {
        Duration taken = timeOf(request);
        for (int i = 0; i < 4 && taken.compareTo(SOON) >= 0; i++) {
            taken = timeOf(request);
        }
        System.out.println(what + ": " + taken.toMillis() + " ms");
        assertThat(taken).isLessThan(SOON);
    }

    private static Duration timeOf(Runnable request) {
        long start = System.nanoTime();
        request.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state",
                "nonce",
                "login_hint",
                "claims",
                "id_token_hint",
                "ui_locales",
                "redirect_uri",
                "client_id",
                "unknown"
            })
    void aValueOfAHundredKilobytesIsRefused(String parameter) {
        String query = Scene.query(parameter, "x".repeat(100 * KB));

        isRefused(get(query));
        isRefused(post("/authorize", query));
        isRefused(post("/authorize/sign-in", Scene.form("continue", query)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "nonce"})
    void aValueThatFitsButIsTooLongIsRefused(String parameter) {
        Visit answer = scene.authorize(scene.browser(), parameter, "x".repeat(5 * KB));

        assertThat(answer.query()).containsEntry("error", "invalid_request");
        assertThat(scene.authorize(scene.browser(), parameter, "x".repeat(1024)).html())
                .contains("name=\"password\"");
    }

    @Test
    void tenThousandParametersAreRefused() {
        StringBuilder many = new StringBuilder(Scene.query());
        IntStream.range(0, 10_000).forEach(i -> many.append("&p").append(i).append("=1"));
        String some = Scene.query() + "&x=".repeat(200);

        isRefused(get(many.toString()));
        isRefused(post("/authorize", many.toString()));
        isRefused(get(some));
    }

    @Test
    void cookiesWithoutEndAreRefusedOrPassedOver() {
        UserAgent alice = scene.browser();
        signIn(alice);
        String own = "latchkey=" + alice.cookies().get("latchkey");
        String request = "GET /authorize?" + Scene.query("prompt", "none") + " HTTP/1.1\r\nHost: localhost\r\n";

        isRefused(raw(request + "Cookie: " + own + "; x=" + "x".repeat(100 * KB) + "\r\n\r\n"));
        isRefused(raw(request + "Cookie: a=b\r\n".repeat(5_000) + "\r\n"));
        assertThat(raw(request + "Cookie: " + "a=b; ".repeat(2_000) + own + "\r\n\r\n")
                        .status())
                .isIn(303, 400, 431);
        assertThat(raw(request + "Cookie: " + own + "; x=" + "x".repeat(4 * KB) + "\r\n\r\n")
                        .header("Location"))
                .contains("code=");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 1_000})
    void claimsThatAreNestedDeeplyAreRefused(int depth) {
        for (String open : List.of("[", "{\"a\":")) {
            String close = open.equals("[") ? "]" : "}";
            String claims =
                    "{\"userinfo\":{\"email\":{\"values\":" + open.repeat(depth) + "1" + close.repeat(depth) + "}}}";

            assertThat(scene.authorize(scene.browser(), "claims", claims).query())
                    .containsEntry("error", "invalid_request");
        }
    }

    @Test
    void moreClaimsThanThereAreAreRefused() {
        List<String> names = new ArrayList<>();
        IntStream.range(0, 500).forEach(i -> names.add("\"c" + i + "\":null"));

        assertThat(scene.authorize(scene.browser(), "claims", "{\"id_token\":{" + String.join(",", names) + "}}")
                        .query())
                .containsEntry("error", "invalid_request");
    }

    /** One user who signs in again and again is one session; the page of many does not grow without end. */
    @Test
    void signingInAHundredTimesAtOneBrowserIsOneSession() {
        UserAgent browser = scene.browser();
        signIn(browser);
        for (int i = 0; i < 100; i++) {
            assertThat(browser.signIn(scene.authorize(browser, "prompt", "login"))
                            .query())
                    .containsKey("code");
        }

        Answer choice = scene.authorize(browser, "prompt", "select_account").answer();
        assertThat(choice.body().split("class=\"choice\"", -1)).hasSize(3); // alice and another account
        assertThat(choice.body()).contains("alice").doesNotContain(TestServer.PASSWORD);
    }
}
