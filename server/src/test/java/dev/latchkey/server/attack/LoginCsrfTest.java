package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that a browser sends and its user did not: nobody is signed in or out, and nothing is allowed (RFC 9700 §4.7). */
class LoginCsrfTest {
    private final Scene scene = new Scene();
    private final UserAgent mallory = scene.browser();
    private final UserAgent victim = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    private static String[] login(Map<String, String> hidden) {
        return with(hidden, "username", "bob", "password", Scene.BOBS_PASSWORD);
    }

    private static String[] with(Map<String, String> hidden, String... more) {
        List<String> form = new ArrayList<>();
        hidden.forEach((name, value) -> form.addAll(List.of(name, value)));
        form.addAll(List.of(more));
        return form.toArray(String[]::new);
    }

    /** What another site has the browser post: without the cookie, which is SameSite=Lax, but what it sets is kept. */
    private Answer fromAnotherSite(String path, String... form) {
        return scene.server.post(path, form);
    }

    private boolean isSignedIn(UserAgent browser) {
        return !scene.authorize(browser, "prompt", "none")
                .query()
                .getOrDefault("error", "")
                .equals("login_required");
    }

    @Test
    void aFormOfAnotherBrowserSignsNobodyIn() {
        Map<String, String> stolen = scene.authorize(mallory).hidden();
        scene.authorize(victim);

        Visit answer = victim.post("/authorize/sign-in", login(stolen));

        assertThat(answer.html()).contains("name=\"password\"");
        assertThat(isSignedIn(victim)).isFalse();
        assertThat(isSignedIn(mallory)).isFalse();
    }

    @Test
    void aFormWithoutACookieSignsNobodyInAndSetsNone() {
        Map<String, String> hidden = scene.authorize(mallory).hidden();

        Answer answer = fromAnotherSite("/authorize/sign-in", login(hidden));

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location").orElseThrow()).startsWith("/authorize?client_id=web&");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(isSignedIn(mallory)).isFalse();
    }

    /** A new cookie in an answer to another site's form would replace the one that was not sent. */
    @ParameterizedTest
    @ValueSource(strings = {"/authorize/sign-in", "/authorize/account", "/authorize/consent", "/authorize"})
    void aFormOfAnotherSiteSignsNobodyOut(String path) {
        scene.allowed(victim);
        Map<String, String> hidden = scene.authorize(mallory).hidden();

        for (Map<String, String> form : List.of(hidden, Map.of("continue", Scene.query()), Map.<String, String>of())) {
            Answer answer = fromAnotherSite(path, with(form, "decision", "allow", "account", "x"));

            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
        assertThat(isSignedIn(victim)).isTrue();
    }

    @Test
    void aTokenOfAnotherRequestOrAnotherStepIsWorthNothing() {
        Visit page = scene.authorize(victim, "state", "one");
        Map<String, String> other = scene.authorize(victim, "state", "two").hidden();

        victim.submit(page, "username", "alice", "password", TestServer.PASSWORD, "token", other.get("token"));
        assertThat(isSignedIn(victim)).isFalse();
        victim.submit(page, "username", "alice", "password", TestServer.PASSWORD, "continue", other.get("continue"));
        assertThat(isSignedIn(victim)).isFalse();

        Visit consent = victim.signIn(page);
        Map<String, String> loginForm = page.hidden();
        victim.submit(consent, "decision", "allow", "token", loginForm.get("token"));
        assertThat(scene.authorize(victim, "prompt", "none").query()).containsEntry("error", "consent_required");
        victim.post("/authorize/account", with(consent.hidden(), "decision", "allow"));
        assertThat(scene.authorize(victim, "prompt", "none").query()).containsEntry("error", "consent_required");

        assertThat(victim.submit(consent, "decision", "allow").query()).containsKey("code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "continue", "latchkey_progress"})
    void aFormWithoutOneOfItsFieldsOrWithAForgedOneDoesNothing(String field) {
        for (String value : List.of("", "x", "A".repeat(43), "0.nothing." + "A".repeat(43), "\u0000")) {
            Visit page = scene.authorize(victim);
            victim.submit(page, "username", "alice", "password", TestServer.PASSWORD, field, value);

            assertThat(isSignedIn(victim)).as(value).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", "evil", "Same-Origin"})
    void whatTheBrowserSaysComesFromElsewhereDoesNothing(String site) {
        Visit page = scene.authorize(victim);

        Answer answer = scene.server.send(scene.server
                .request("/authorize/sign-in")
                .header("Sec-Fetch-Site", site)
                .header("Cookie", "latchkey=" + victim.cookies().get("latchkey"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Scene.form(login(page.hidden())))));

        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(isSignedIn(victim)).isFalse();
    }

    @Test
    void consentIsNotGivenByAnotherSite() {
        Visit consent = victim.signIn(scene.authorize(victim));
        String cookie = "latchkey=" + victim.cookies().get("latchkey");

        scene.server.send(scene.server
                .request("/authorize/consent")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Scene.form(with(consent.hidden(), "decision", "allow")))));
        victim.post("/authorize/consent", with(Map.of("continue", Scene.query()), "decision", "allow"));

        assertThat(scene.authorize(victim, "prompt", "none").query()).containsEntry("error", "consent_required");
    }

    @Test
    void stepsAreNotTakenByAnAddressAlone() {
        Map<String, String> hidden = scene.authorize(victim).hidden();

        for (String step : List.of("sign-in", "account", "consent")) {
            Visit answer = victim.get("/authorize/" + step + "?" + Scene.form(login(hidden)));

            assertThat(answer.status()).isEqualTo(405);
        }
        assertThat(isSignedIn(victim)).isFalse();
    }
}
