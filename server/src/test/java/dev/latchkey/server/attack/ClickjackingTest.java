package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No page of a login can be framed, kept, or made to tell where it was (RFC 9700 §4.2, §4.16, OWASP ASVS 5.0 V3.4). */
class ClickjackingTest {
    private static final Pattern SCRIPT = Pattern.compile("<(?:script|style)(?! nonce=)|\\son[a-z]+=|javascript:");

    private final Scene scene = new Scene();
    private final UserAgent alice = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void everyPageOnTheWayAndEveryError() {
        Map<String, Answer> pages = new LinkedHashMap<>();
        Visit login = scene.authorize(alice);
        pages.put("login", login.answer());
        pages.put(
                "wrong password",
                alice.submit(login, "username", "alice", "password", "x").answer());
        Visit consent = alice.signIn(login);
        pages.put("consent", consent.answer());
        alice.submit(consent, "decision", "allow");
        pages.put("accounts", scene.authorize(alice, "prompt", "select_account").answer());
        pages.put("form", scene.authorize(alice, "response_mode", "form_post").answer());
        pages.put(
                "error in a form",
                scene.authorize(alice, "response_mode", "form_post", "scope", "evil")
                        .answer());
        pages.put("unknown client", scene.authorize(alice, "client_id", "evil").answer());
        pages.put(
                "unknown address",
                scene.authorize(alice, "redirect_uri", "https://evil.example").answer());
        pages.put("repeated", alice.get("/authorize?state=1&state=2").answer());
        pages.put("malformed", alice.post("/authorize/consent", "continue", "%").answer());
        pages.put(
                "not a form",
                scene.server.send(scene.server
                        .request("/authorize/sign-in")
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("x"))));

        pages.forEach(ClickjackingTest::isAPageOfItsOwn);
    }

    private static void isAPageOfItsOwn(String name, Answer page) {
        String policy = page.header("Content-Security-Policy").orElse("");
        Matcher nonce = Pattern.compile("style-src 'nonce-([A-Za-z0-9_-]{22})'").matcher(policy);
        assertThat(page.header("Content-Type")).as(name).hasValue("text/html; charset=utf-8");
        assertThat(page.headers("X-Frame-Options")).as(name).containsExactly("DENY");
        assertThat(page.headers("Content-Security-Policy")).as(name).hasSize(1);
        assertThat(policy)
                .as(name)
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(nonce.find()).as(name).isTrue();
        assertThat(page.body()).as(name).contains("nonce=\"" + nonce.group(1) + "\"");
        assertThat(SCRIPT.matcher(page.body()).find()).as(name).isFalse();
        assertThat(page.headers("Cache-Control")).as(name).containsExactly("no-store");
        assertThat(page.headers("Referrer-Policy")).as(name).containsExactly("no-referrer");
        assertThat(page.headers("X-Content-Type-Options")).as(name).containsExactly("nosniff");
        assertThat(page.headers("Access-Control-Allow-Origin")).as(name).isEmpty();
    }

    @Test
    void redirectsTellNothingToWhereTheyLead() {
        Answer code = scene.allowed(alice).answer();
        Answer error = scene.authorize(alice, "prompt", "none", "max_age", "0").answer();
        Answer posted = scene.server.post("/authorize", Scene.request());

        for (Answer redirect : List.of(code, error, posted)) {
            assertThat(redirect.status()).isEqualTo(303);
            assertThat(redirect.header("Referrer-Policy")).hasValue("no-referrer");
            assertThat(redirect.header("Cache-Control")).hasValue("no-store");
            assertThat(redirect.body()).isEmpty();
        }
    }

    @Test
    void noOtherOriginMayReadAnAnswer() {
        Answer answer = scene.server.send(
                scene.server.request("/authorize?" + Scene.query()).header("Origin", "https://evil.example"));
        Answer asked = scene.server.send(scene.server
                .request("/authorize/sign-in")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.headers("Access-Control-Allow-Origin")).isEmpty();
        assertThat(asked.headers("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void theSignInPageIsTheSameForUsersThatThereAreAndOthers() {
        Visit page = scene.authorize(alice);
        Visit known = alice.submit(page, "username", "alice", "password", "wrong");
        Visit unknown = alice.submit(page, "username", "nobody", "password", "wrong");

        assertThat(unknown.status()).isEqualTo(known.status());
        assertThat(plain(unknown, "nobody")).isEqualTo(plain(known, "alice"));
    }

    private static String plain(Visit page, String username) {
        return page.html().replace(username, "USER").replaceAll("nonce=\"[^\"]*\"", "nonce");
    }

    @Test
    void noPasswordIsEverShownAgain() {
        Visit page = alice.submit(
                scene.authorize(alice), "username", "alice", "password", "<not shown> " + TestServer.PASSWORD);

        assertThat(page.html()).doesNotContain("not shown", TestServer.PASSWORD);
    }
}
