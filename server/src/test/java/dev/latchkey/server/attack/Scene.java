package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.authorize.Pkce;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What is attacked: a server, its client {@code web}, and browsers of its users. */
final class Scene implements AutoCloseable {
    static final String REDIRECT_URI = "https://rp.example/callback";
    static final String SECRET = "web-secret-web-secret-web-secret-0";
    static final String BOBS_PASSWORD = "bobs password is a long one";

    private static final Map<String, String> REQUEST = ordered(
            "client_id", "web",
            "redirect_uri", REDIRECT_URI,
            "response_type", "code",
            "scope", "openid profile",
            "state", "state-1",
            "code_challenge", Pkce.CHALLENGE,
            "code_challenge_method", "S256");

    final TestServer server;

    Scene() {
        this(TestServer.CONFIGURATION);
    }

    Scene(String configuration) {
        this.server = TestServer.start(configuration);
    }

    UserAgent browser() {
        return new UserAgent(server);
    }

    /** The request of an honest client with some parameters changed; one that is empty is left out. */
    static String[] request(String... changes) {
        return changed(REQUEST, changes);
    }

    static String query(String... changes) {
        return form(request(changes));
    }

    static String form(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(TestServer.encode(namesAndValues[i]))
                    .append('=')
                    .append(TestServer.encode(namesAndValues[i + 1]));
        }
        return form.toString();
    }

    /** Asks a moment after whatever was before, as the order of things is told by the clock. */
    Visit authorize(UserAgent browser, String... changes) {
        server.clock().turn(Duration.ofMillis(1));
        return browser.authorize(request(changes));
    }

    /** Signs alice in and has her allow what is asked for: the answer to the client. */
    Visit allowed(UserAgent browser, String... changes) {
        return browser.submit(browser.signIn(authorize(browser, changes)), "decision", "allow");
    }

    static String[] redemption(String code, String... changes) {
        return changed(
                ordered(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        REDIRECT_URI,
                        "code_verifier",
                        Pkce.VERIFIER),
                changes);
    }

    Answer redeem(String code, String... changes) {
        return server.postAs("web", SECRET, "/token", redemption(code, changes));
    }

    int userInfo(Answer tokens) {
        return server.getAs(tokens.text("access_token"), "/userinfo").status();
    }

    /** A page of our own that says what is wrong and sends the browser nowhere. */
    static void isOurErrorPage(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.header("Refresh")).isEmpty();
        assertThat(answer.header("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.body())
                .contains("<code>invalid_request</code>")
                .doesNotContain("<form", "<a ", "http-equiv", "<script");
    }

    static void isInvalidGrant(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_grant");
    }

    private static String[] changed(Map<String, String> base, String... changes) {
        Map<String, String> all = new LinkedHashMap<>(base);
        all.putAll(ordered(changes));
        return all.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .flatMap(parameter -> Stream.of(parameter.getKey(), parameter.getValue()))
                .toArray(String[]::new);
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @Override
    public void close() {
        server.close();
    }
}
