package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.http.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies that somebody else knows or planted are worth nothing after a login (OWASP ASVS 5.0 V7.2.4, V3.3). */
class FixationTest {
    private static final String COOKIE = "latchkey";

    private final Scene scene = new Scene();
    private final UserAgent victim = scene.browser();
    private final UserAgent mallory = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    private String silent(UserAgent browser) {
        return scene.authorize(browser, "prompt", "none").query().getOrDefault("error", "answered");
    }

    @Test
    void aCookieThatWasPlantedBeforeTheLoginIsWorthNothingAfterIt() {
        scene.authorize(mallory);
        victim.cookies().putAll(mallory.cookies());

        scene.allowed(victim);

        assertThat(victim.cookies().get(COOKIE)).isNotEqualTo(mallory.cookies().get(COOKIE));
        assertThat(silent(victim)).isEqualTo("answered");
        assertThat(silent(mallory)).isEqualTo("login_required");
    }

    @Test
    void everyLoginChangesTheCookieAndTheOldOneIsWorthNothing() {
        List<String> before = new ArrayList<>();
        scene.allowed(victim);
        for (int i = 0; i < 3; i++) {
            before.add(victim.cookies().get(COOKIE));
            victim.signIn(scene.authorize(victim, "prompt", "login"));
        }

        assertThat(before)
                .doesNotHaveDuplicates()
                .doesNotContain(victim.cookies().get(COOKIE));
        for (String old : before) {
            mallory.cookies().put(COOKIE, old);
            assertThat(silent(mallory)).isEqualTo("login_required");
        }
        assertThat(silent(victim)).isEqualTo("answered");
    }

    /** Whoever planted the cookie of a session of their own loses that to the one who signs in with it, not the other way round. */
    @Test
    void aSignedInCookieThatWasPlantedGivesNothingToWhoPlantedIt() {
        mallory.submit(scene.authorize(mallory), "username", "bob", "password", Scene.BOBS_PASSWORD);
        victim.cookies().putAll(mallory.cookies());

        victim.signIn(scene.authorize(victim, "prompt", "login"));

        assertThat(silent(mallory)).isEqualTo("login_required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "not base64url of 43 characters, not at all!",
                "../../../../etc/passwd"
            })
    void aCookieThatIsNotOursIsNotTakenOver(String value) {
        mallory.cookies().put(COOKIE, value);

        scene.allowed(mallory);

        assertThat(mallory.cookies().get(COOKIE)).hasSize(43).isNotEqualTo(value);
    }

    @Test
    void ofTwoCookiesNeitherCounts() {
        scene.allowed(victim);
        String own = victim.cookies().get(COOKIE);
        scene.authorize(mallory);

        victim.cookies()
                .put(COOKIE, own + "; " + COOKIE + "=" + mallory.cookies().get(COOKIE));

        assertThat(silent(victim)).isEqualTo("login_required");
        victim.cookies().put(COOKIE, own);
        assertThat(silent(victim)).isEqualTo("answered");
    }

    /** A browser lets any site of a domain set these; one that takes them for the real name undoes the prefix __Host-. */
    @ParameterizedTest
    @ValueSource(strings = {"\u2000", "\u00a0", "\u0085", "\u3000", "\u2028", "$", "%6c", "\"", "x;\u2003"})
    void aNameThatOnlyLooksLikeOursIsAnother(String prefix) throws IOException {
        scene.allowed(victim);
        String cookie = prefix + COOKIE + "=" + victim.cookies().get(COOKIE);

        try (RawConnection connection = new RawConnection(scene.server.server().port())) {
            RawConnection.Answer answer = connection
                    .send(("GET /authorize?" + Scene.query("prompt", "none")
                                    + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookie + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8))
                    .answer();

            assertThat(answer.status()).isIn(303, 400);
            assertThat(answer.header("Location")).doesNotContain("code=");
        }
    }

    @Test
    void theCookieIsForThisServerAloneAndOutOfReachOfScripts() {
        Answer plain = scene.server.get("/authorize?" + Scene.query());
        assertThat(plain.headers("Set-Cookie"))
                .singleElement()
                .asString()
                .matches("latchkey=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");

        try (Scene secure = new Scene("issuer: https://id.example\n" + TestServer.CONFIGURATION)) {
            Answer answer = secure.server.get("/authorize?" + Scene.query());
            assertThat(answer.headers("Set-Cookie"))
                    .singleElement()
                    .asString()
                    .matches("__Host-latchkey=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure");
        }
    }

    @Test
    void theCookieStandsInNoPageAndNoAddress() {
        Visit login = scene.authorize(victim);
        String before = victim.cookies().get(COOKIE);
        assertThat(login.html()).doesNotContain(before);

        Visit consent = victim.signIn(login);
        String after = victim.cookies().get(COOKIE);
        assertThat(consent.html()).doesNotContain(before, after);
        assertThat(victim.submit(consent, "decision", "allow").location()).doesNotContain(before, after);
    }
}
