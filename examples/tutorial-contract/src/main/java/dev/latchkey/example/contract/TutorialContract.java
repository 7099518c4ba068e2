package dev.latchkey.example.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.testkit.LatchkeyServer;
import dev.latchkey.testkit.LatchkeyTest;
import dev.latchkey.testkit.RefusedException;
import dev.latchkey.testkit.TokenBuilder;
import dev.latchkey.testkit.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tutorials have their readers try by hand, against the real server with the configuration of the example. */
@LatchkeyTest(configuration = "/latchkey.yaml")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TutorialContract {
    private final HttpClient client = HttpClient.newHttpClient();
    private final LatchkeyServer latchkey;
    private RunningApplication application = new RunningApplication(0, () -> {});

    protected TutorialContract(LatchkeyServer latchkey) {
        this.latchkey = latchkey;
    }

    /** The application on a free port, with the server's clock, looking for revocations every second. */
    protected abstract RunningApplication start(LatchkeyServer latchkey);

    @BeforeAll
    void start() {
        application = start(latchkey);
    }

    @AfterAll
    void stop() {
        application.stop().run();
        client.close();
    }

    record Route(String path, Map<String, Object> answer) {}

    static List<Route> guarded() {
        Map<String, Object> items = Map.of("items", List.of("Foo"), "owner", "alice");
        return List.of(
                new Route("/protected", Map.of("message", "Access granted", "user", "alice")),
                new Route("/secure", Map.of("message", "Token received", "user", "alice")),
                new Route("/user", Map.of("username", "alice")),
                new Route("/status", Map.of("status", "ok")),
                new Route("/status/", Map.of("status", "ok")),
                new Route("/users/me/items", items),
                new Route("/users/me/items/", items));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void aLoginOpensEveryRoute(Route route) {
        Answer answer = get(route.path(), latchkey.login("alice").accessToken());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(route.answer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users/me", "/users/me/"})
    void theUserIsToldWhoTheyAre(String path) {
        assertThat(get(path, latchkey.login("alice").accessToken()).json())
                .containsEntry("sub", latchkey.subjectOf("alice"))
                .containsEntry("username", "alice")
                .containsEntry("roles", List.of("admin"))
                .containsEntry("scopes", List.of("email", "items", "me", "openid", "profile"));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void withoutATokenEveryRouteAsksForOne(Route route) {
        Answer answer = get(route.path(), "");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge()).startsWith("Bearer").doesNotContain("error"); // RFC 6750 §3.1
        assertThat(answer.json()).isEqualTo(Map.of("detail", "Not authenticated"));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void anExpiredTokenOpensNothing(Route route) {
        String token = latchkey.login("alice").accessToken();
        assertThat(get(route.path(), token).status()).isEqualTo(200);

        latchkey.clock().advance(Duration.ofSeconds(60));
        assertRefused(get(route.path(), token));
    }

    @Test
    void noOtherTokenIsAnAccessToken() {
        assertRefused(get("/user", latchkey.login("alice").refreshToken()));
        assertRefused(get("/user", get("/new_route?user_name=alice", "").text("access_token")));
        assertRefused(get("/user", token("me items").forged().mint()));
        assertRefused(get("/user", token("me items").tampered().mint()));
        assertRefused(get("/user", token("me items").unsigned().mint()));
        assertRefused(
                get("/user", token("me items").audience("https://stock.example").mint()));
        assertRefused(get("/user", "nonsense"));
    }

    @Test
    void aRouteWithScopesNeedsThemAll() {
        String me = token("me").mint();
        assertThat(get("/status", token("email").mint()).status()).isEqualTo(200);
        assertThat(get("/users/me", me).status()).isEqualTo(200);
        assertThat(get("/users/me", token("items").mint()).status()).isEqualTo(403);

        Answer answer = get("/users/me/items", me);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.challenge()).contains("error=\"insufficient_scope\"", "scope=\"me items\"");
        assertThat(answer.text("detail")).isEqualTo("Not enough permissions");
    }

    @Test
    void aRefreshTokenGivesTheNextTokens() {
        Tokens first = latchkey.login("alice");
        latchkey.clock().advance(Duration.ofSeconds(60));
        Tokens next = latchkey.refresh(first);

        assertRefused(get("/users/me", first.accessToken()));
        assertThat(get("/users/me", next.accessToken()).text("username")).isEqualTo("alice");
    }

    @Test
    void aRevokedSessionIsOverWithinThePollTime() {
        Tokens tokens = latchkey.login("alice");
        assertThat(get("/user", tokens.accessToken()).status()).isEqualTo(200);

        latchkey.revoke(tokens);
        awaitRefusal(tokens.accessToken());
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> latchkey.refresh(tokens));
    }

    @Test
    void aDisabledUserIsOutWithinThePollTime() {
        String token = latchkey.login("bob").accessToken();
        assertThat(get("/user", token).text("username")).isEqualTo("bob");

        latchkey.disable("bob");
        awaitRefusal(token);
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> latchkey.login("bob"));
    }

    @Test
    void aSelfMadeTokenIsReadUntilItExpires() {
        String made = get("/new_route?user_name=Sir%20Ameen", "").text("access_token");
        String other = get("/new_route?user_name=Somebody", "").text("access_token");
        String mixed = made.substring(0, made.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));

        Answer read = get("/decode_token?access_token=" + made, "");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json().get("decoded_token"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("sub", "Sir Ameen")
                .containsKey("exp");
        assertThat(get("/decode_token?access_token=" + mixed, "").text("error")).isEqualTo("bad-signature");

        latchkey.clock().advance(Duration.ofSeconds(60));
        Answer late = get("/decode_token?access_token=" + made, "");
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.text("error")).isEqualTo("expired");
    }

    private TokenBuilder token(String scope) {
        return latchkey.tokenFor("alice").scope(scope);
    }

    private void awaitRefusal(String token) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (get("/user", token).status() == 200 && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
        assertRefused(get("/user", token));
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.challenge()).contains("error=\"invalid_token\"");
        assertThat(answer.text("detail")).isEqualTo("Could not validate credentials");
    }

    private Answer get(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + application.port() + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return Answer.of(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
