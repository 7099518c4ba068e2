package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pushed request is its client's, is what was pushed, and is answered once (RFC 9126 §7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushedRequestAttackTest {
    private static final String EVIL = "https://evil.example/";
    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
    private static final int RACERS = 16;

    private final Scene scene = new Scene();
    private final UserAgent alice = scene.browser();

    PushedRequestAttackTest() {
        scene.allowed(alice);
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    private String pushed(String... changes) {
        Answer answer = scene.server.postAs("web", Scene.SECRET, "/par", Scene.request(changes));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("request_uri");
    }

    private static String query(String client, String uri) {
        return Scene.form("client_id", client, "request_uri", uri);
    }

    private Visit authorize(UserAgent browser, String query) {
        scene.server.clock().turn(Duration.ofMillis(1));
        return browser.get("/authorize?" + query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spa", "plain", "service", "nobody", "WEB", "web ", "web\0", ""})
    void anotherClientCannotUseIt(String client) {
        String uri = pushed();

        Visit refused = authorize(alice, query(client, uri));

        Scene.isOurErrorPage(refused.answer());
        assertThat(authorize(alice, query("web", uri)).query()).containsKey("code");
    }

    /** What stands beside it in the address counts for nothing (RFC 9101 §5). */
    @ParameterizedTest
    @CsvSource({
        "redirect_uri, https://evil.example/",
        "redirect_uri, https://rp.example/callback",
        "response_type, code id_token",
        "response_mode, fragment",
        "scope, openid profile email address phone offline_access",
        "state, evil",
        "nonce, evil",
        "code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN",
        "code_challenge_method, plain",
        "prompt, consent",
        "prompt, none login",
        "max_age, 0",
        "claims, {",
        "login_hint, bob",
        "resource, https://orders.example",
        "id_token_hint, eyJ",
        "registration, {}",
        "unknown, evil"
    })
    void whatStandsBesideItChangesNothing(String name, String value) {
        Visit answer = authorize(alice, query("web", pushed()) + "&" + Scene.form(name, value));

        assertThat(answer.location()).startsWith(Scene.REDIRECT_URI + "?code=").doesNotContain("evil");
        assertThat(answer.query()).containsEntry("state", "state-1").containsOnlyKeys("code", "state", "iss");
        Answer tokens = scene.redeem(answer.code());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("scope")).isEqualTo("openid profile");
    }

    @Test
    void whatStandsBesideItDoesNotTravelWithThePages() {
        UserAgent fresh = scene.browser();
        Visit login = authorize(
                fresh, query("web", pushed("prompt", "consent")) + "&state=evil&redirect_uri=" + EVIL + "&scope=email");
        assertThat(login.html()).doesNotContain("evil");

        Visit consent = fresh.signIn(login);
        assertThat(consent.hidden().get("continue")).doesNotContain("evil", "email");
        assertThat(fresh.submit(consent, "decision", "allow").query()).containsEntry("state", "state-1");
    }

    /** The form of one request is of no use for another, whichever of them is pushed. */
    @Test
    void aFormDoesNotServeAnotherRequest() {
        String own = query("web", pushed("prompt", "consent"));
        String other = query("web", pushed("prompt", "consent", "scope", "openid email address"));
        String plain = Scene.query("prompt", "consent", "scope", "openid email address");
        Visit consent = authorize(alice, own);

        for (String swapped : List.of(other, plain)) {
            Visit answer = alice.submit(consent, "decision", "allow", "continue", swapped);
            assertThat(answer.status()).as("asked again").isEqualTo(200);
            assertThat(answer.html()).contains("name=\"decision\"");
        }
        Visit forged = alice.submit(consent, "decision", "deny", "continue", other);
        assertThat(forged.status()).as("asked again").isEqualTo(200);
        assertThat(alice.submit(consent, "decision", "allow").query()).containsKey("code");
    }

    @Test
    void aReplayGetsAPageAndLeavesTheFirstAnswerAlone() {
        String query = query("web", pushed());
        String code = authorize(alice, query).code();

        Scene.isOurErrorPage(authorize(alice, query).answer());
        Scene.isOurErrorPage(authorize(scene.browser(), query).answer());

        assertThat(scene.redeem(code).status()).isEqualTo(200);
    }

    /** Nobody can use up what a client has pushed without an answer to that client. */
    @Test
    void whoOnlyLooksUsesNothingUp() {
        String query = query("web", pushed());
        for (int i = 0; i < 5; i++) {
            assertThat(authorize(scene.browser(), query).status()).isEqualTo(200);
            Scene.isOurErrorPage(authorize(alice, query.replace("client_id=web", "client_id=spa"))
                    .answer());
        }
        assertThat(authorize(alice, query).query()).containsKey("code");
    }

    @Test
    void guessesFindNothing() {
        String uri = pushed();
        String secret = uri.substring(PREFIX.length());
        for (String guess : List.of(
                secret.substring(0, 42),
                secret + "A",
                secret + "=",
                secret.toLowerCase(Locale.ROOT),
                " " + secret,
                secret + " ",
                secret.replace('-', '+').replace('_', '/') + "=",
                "%",
                "' or '1'='1",
                "../" + secret,
                "a".repeat(5000))) {
            Visit refused = authorize(alice, query("web", PREFIX + guess));
            Scene.isOurErrorPage(refused.answer());
        }
        Visit otherPrefix = authorize(alice, query("web", "URN:ietf:params:oauth:request_uri:" + secret));
        assertThat(otherPrefix.query()).containsEntry("error", "request_uri_not_supported");
        assertThat(authorize(alice, query("web", uri)).query()).containsKey("code");
    }

    /** The page says the same for what there never was, what is another's and what is over. */
    @Test
    void theErrorTellsNothingApart() {
        String used = pushed();
        authorize(alice, query("web", used));
        String never = PREFIX + "A".repeat(43);
        String others = pushed();

        assertThat(List.of(
                        description(query("web", used)),
                        description(query("web", never)),
                        description(query("spa", others)),
                        description(query("nobody", others))))
                .containsOnly(description(query("web", used)));
    }

    private String description(String query) {
        return authorize(alice, query).html().replaceAll("(?s).*<dt>Description</dt><dd[^>]*>([^<]*)</dd>.*", "$1");
    }

    @Test
    void ofManyAtOnceOneIsAnswered() throws Exception {
        for (int round = 0; round < 20; round++) {
            String query = query("web", pushed());
            List<Callable<Answer>> racers = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                racers.add(() -> authorize(alice, query).answer());
            }
            List<Answer> answers = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
                for (Future<Answer> answer : threads.invokeAll(racers)) {
                    answers.add(answer.get());
                }
            }
            assertThat(answers.stream().filter(answer -> answer.status() == 303))
                    .hasSize(1);
            answers.stream().filter(answer -> answer.status() != 303).forEach(Scene::isOurErrorPage);
        }
    }

    /** A yes and a no at the same time: the client hears one of them. */
    @Test
    void anAllowAndADenyAreOneAnswer() throws Exception {
        for (int round = 0; round < 20; round++) {
            Visit consent = authorize(alice, query("web", pushed("prompt", "consent")));
            List<Visit> visits = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Callable<Visit>> both = List.of(
                        () -> alice.submit(consent, "decision", "allow"),
                        () -> alice.submit(consent, "decision", "deny"));
                for (Future<Visit> visit : threads.invokeAll(both)) {
                    visits.add(visit.get());
                }
            }
            assertThat(visits.stream().filter(visit -> visit.status() == 303)).hasSize(1);
        }
    }

    @Test
    void thePushItselfIsNotReachedByAnAddress() {
        Answer answer =
                scene.server.postAs("web", Scene.SECRET, "/par?" + Scene.query("state", "evil"), "client_id", "web");

        assertThat(answer.status()).as("the query is not read").isEqualTo(400);
        assertThat(answer.json()).containsEntry("error", "invalid_request");
    }
}
