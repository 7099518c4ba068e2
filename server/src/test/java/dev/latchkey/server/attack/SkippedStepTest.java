package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps that are left out, taken out of order, or taken for somebody else. */
class SkippedStepTest {
    private final Scene scene = new Scene();
    private final UserAgent alice = scene.browser();
    private final UserAgent bob = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    private Visit signInBob(Visit page) {
        return bob.submit(page, "username", "bob", "password", Scene.BOBS_PASSWORD);
    }

    private static String[] form(Map<String, String> hidden, String... more) {
        List<String> form = new ArrayList<>();
        hidden.forEach((name, value) -> form.addAll(List.of(name, value)));
        form.addAll(List.of(more));
        return form.toArray(String[]::new);
    }

    private static String progressOf(Visit page) {
        return page.hidden().getOrDefault("latchkey_progress", "");
    }

    private Visit resume(UserAgent browser, String progress, String... request) {
        return browser.get("/authorize?" + Scene.query(request) + "&latchkey_progress=" + TestServer.encode(progress));
    }

    private static void isLoginPage(Visit visit) {
        assertThat(visit.status()).as(visit.answer().toString()).isEqualTo(200);
        assertThat(visit.html()).contains("name=\"password\"").doesNotContain("value=\"allow\"");
    }

    private static void isConsentPage(Visit visit) {
        assertThat(visit.status()).as(visit.answer().toString()).isEqualTo(200);
        assertThat(visit.html()).contains("value=\"allow\"");
    }

    @Test
    void consentWithoutALoginIsNone() {
        Visit login = scene.authorize(alice);

        isLoginPage(alice.post("/authorize/consent", form(login.hidden(), "decision", "allow", "account", "x")));
        isLoginPage(scene.authorize(alice));
    }

    @Test
    void consentInTheNameOfSomebodyElseIsNone() {
        Visit bobs = signInBob(scene.authorize(bob));
        String bobsAccount = bobs.hidden().getOrDefault("account", "");
        Visit page = alice.signIn(scene.authorize(alice));

        isConsentPage(alice.submit(page, "decision", "allow", "account", bobsAccount));

        isConsentPage(scene.authorize(bob));
        isConsentPage(scene.authorize(alice));
    }

    @Test
    void theAccountOfAnotherBrowserCannotBeChosen() {
        String bobsAccount = signInBob(scene.authorize(bob)).hidden().getOrDefault("account", "");
        scene.allowed(alice);
        Visit choice = scene.authorize(alice, "prompt", "select_account");
        assertThat(choice.action()).isEqualTo("/authorize/account");

        isLoginPage(alice.submit(choice, "account", bobsAccount));
    }

    @Test
    void aMarkerThatIsForgedCountsAsNone() {
        scene.allowed(alice);
        long now = scene.server.clock().instant().toEpochMilli();

        for (String marker : List.of(
                "0.nothing." + "A".repeat(43),
                now + ".nothing." + "A".repeat(43),
                "0.NOTHING." + "A".repeat(43),
                "-1.nothing." + "A".repeat(43),
                "999999999999999.account." + "_".repeat(43),
                "1.2.3",
                "x",
                "\u0661.nothing." + "A".repeat(43))) {
            isLoginPage(resume(alice, marker, "prompt", "login"));
            assertThat(resume(alice, marker).query()).containsKey("code");
        }
    }

    @Test
    void aMarkerWhoseTimeWasMovedCountsAsNone() {
        scene.allowed(alice);
        scene.server.clock().turn(Duration.ofMinutes(5));
        String marker = progressOf(scene.authorize(alice, "prompt", "login"));
        String begun = marker.substring(0, marker.indexOf('.'));
        String earlier =
                Long.toString(Long.parseLong(begun) - Duration.ofMinutes(6).toMillis());

        isLoginPage(resume(alice, marker, "prompt", "login"));
        isLoginPage(resume(alice, marker.replace(begun, earlier), "prompt", "login"));
    }

    @Test
    void aMarkerOfAnotherRequestDoesNotSkipTheLogin() {
        String marker = progressOf(scene.authorize(alice, "state", "one", "prompt", "login"));
        scene.allowed(alice);
        String own = progressOf(scene.authorize(alice, "state", "one", "prompt", "login"));
        alice.signIn(scene.authorize(alice, "prompt", "login", "state", "two"));

        isLoginPage(resume(alice, marker, "state", "one", "prompt", "login"));
        isLoginPage(resume(alice, own, "state", "two", "prompt", "login"));
        isLoginPage(resume(alice, own, "state", "one", "prompt", "login"));
    }

    @Test
    void aMarkerOfAnotherBrowserDoesNotSkipTheLogin() {
        String bobs = progressOf(scene.authorize(bob, "prompt", "login"));
        scene.allowed(alice);

        isLoginPage(resume(alice, bobs, "prompt", "login"));
    }

    @Test
    void aMarkerIsGoodForHalfAnHour() {
        Visit page = alice.signIn(scene.authorize(alice, "prompt", "consent"));
        scene.server.clock().turn(Duration.ofMinutes(30));

        isConsentPage(alice.submit(page, "decision", "allow"));
        isConsentPage(scene.authorize(alice));
    }

    @Test
    void aLoginThatIsTooOldForMaxAgeIsAskedForWhateverTheFormsSay() {
        scene.allowed(alice);
        scene.server.clock().turn(Duration.ofMinutes(2));

        isLoginPage(scene.authorize(alice, "max_age", "60"));
        isLoginPage(scene.authorize(alice, "max_age", "0"));
        assertThat(scene.authorize(alice, "max_age", "60", "prompt", "none").query())
                .containsEntry("error", "login_required");
        Visit choice = scene.authorize(alice, "max_age", "60", "prompt", "select_account");
        isLoginPage(choice);
    }

    @Test
    void promptConsentAsksEachTime() {
        scene.allowed(alice);

        Visit page = scene.authorize(alice, "prompt", "consent");
        isConsentPage(page);
        isConsentPage(scene.authorize(alice, "prompt", "consent"));
        assertThat(alice.submit(page, "decision", "allow").query()).containsKey("code");
        isConsentPage(scene.authorize(alice, "prompt", "consent", "state", "another"));
    }

    @Test
    void withPromptNoneNothingIsEverAskedAndNothingHappens() {
        scene.allowed(alice);
        for (String[] request : new String[][] {
            {"prompt", "none", "max_age", "0"},
            {"prompt", "none", "scope", "openid email"},
            {"prompt", "none", "id_token_hint", "x"},
            {"prompt", "none login"},
            {"prompt", "none consent"},
            {"prompt", "NONE"},
        }) {
            assertThat(scene.authorize(alice, request).query())
                    .containsKey("error")
                    .doesNotContainKey("code");
        }
    }

    @Test
    void aDisabledOrUnknownAnswerIsADenial() {
        Visit page = alice.signIn(scene.authorize(alice));

        for (String decision : List.of("", "ALLOW", "allow ", "yes", "true", "1", "deny")) {
            assertThat(alice.submit(page, "decision", decision).query()).containsEntry("error", "access_denied");
        }
    }

    @Test
    void theRequestInAFormIsCheckedLikeAnyOther() {
        Visit page = alice.signIn(scene.authorize(alice));

        for (String request : List.of(
                Scene.query("redirect_uri", "https://evil.example/"),
                Scene.query("client_id", "evil"),
                "https://evil.example/",
                "//evil.example/",
                "/userinfo",
                "client_id=web&client_id=web",
                "%",
                "\u20ac")) {
            Scene.isOurErrorPage(
                    alice.submit(page, "decision", "allow", "continue", request).answer());
        }
        isConsentPage(scene.authorize(alice));
    }
}
