package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.http.RawConnection;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Markup, line breaks and worse in everything that is shown or sent on: they stay text, and headers stay what they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionTest {
    private static final String MARK = "zqxzqx";
    private static final List<String> PAYLOADS = List.of(
            MARK + "\"><script>alert(1)</script>",
            MARK + "'><img src=x onerror=alert(1)>",
            MARK + "</title></style></script><svg onload=alert(1)>",
            MARK + "\" autofocus onfocus=\"alert(1)",
            MARK + "' onmouseover='alert(1)",
            MARK + "<!--",
            MARK + "]]>",
            MARK + "&quot;&#34;&lt;",
            MARK + "${7*7}#{7*7}{{7*7}}@template.x()",
            MARK + "{0}'{1}''",
            MARK + "javascript:alert(1)",
            MARK + "\r\nX-Injected: yes\r\n\r\n<script>alert(1)</script>",
            MARK + "\nSet-Cookie: latchkey=x",
            MARK + "\r",
            MARK + "%0d%0aX-Injected:%20yes",
            MARK + "%250d%250a",
            MARK + "\u560d\u560aX-Injected: yes",
            MARK + "\u2028\u2029\u0085\u000b\u000c",
            MARK + "\u202e\u2066\u200f",
            MARK + "\ud83d\udca9\uffff\ufeff",
            MARK + "\u0001\u001b[31m\u007f",
            MARK + "; Domain=evil.example",
            MARK + "#&error=evil&code=evil?",
            MARK + "\\u003cscript\\u003e");

    /** Those that are shown, sent on, or read by somebody. */
    private static final List<String> PARAMETERS = List.of(
            "state",
            "nonce",
            "login_hint",
            "ui_locales",
            "claims_locales",
            "client_id",
            "redirect_uri",
            "scope",
            "claims",
            "display",
            "prompt",
            "max_age",
            "acr_values",
            "id_token_hint",
            "response_type",
            "response_mode",
            "resource",
            "code_challenge",
            "code_challenge_method",
            "request",
            "request_uri",
            "registration",
            "latchkey_progress",
            "unknown",
            MARK + "<script>");

    private final Scene scene = new Scene();
    private final UserAgent alice = scene.browser();

    static Stream<String> parameters() {
        return PARAMETERS.stream();
    }

    @BeforeAll
    void signIn() {
        scene.allowed(alice);
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void inAParameterStaysText(String parameter) {
        for (String payload : PAYLOADS) {
            for (String mode : List.of("query", "fragment", "form_post")) {
                String[] request = Scene.request("response_mode", mode, parameter, payload);
                isClean(scene.browser().authorize(request), payload);
                isClean(alice.authorize(request), payload);
                isClean(alice.post("/authorize", request), payload);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"username", "password", "token", "latchkey_progress", "continue", "account", "decision", "cancel"
            })
    void inAFieldOfAFormStaysText(String field) {
        for (String payload : PAYLOADS) {
            if (!field.equals("password") && !field.equals("username")) { // those are counted
                Visit login = scene.authorize(scene.browser());
                isClean(scene.browser().submit(login, "username", "x", field, payload), payload);
            }
            Visit choice = scene.authorize(alice, "prompt", "select_account");
            isClean(alice.submit(choice, "account", "x", field, payload), payload);
            Visit consent = scene.authorize(alice, "prompt", "consent");
            isClean(alice.submit(consent, "decision", "deny", field, payload), payload);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {MARK + "\"><script>alert(1)</script>", MARK + "' onfocus='alert(1)", MARK + "\r\nX-Injected: yes"
            })
    void inANameThatDoesNotSignInStaysText(String payload) {
        UserAgent browser = scene.browser();

        isClean(browser.submit(scene.authorize(browser), "username", payload, "password", "x"), payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept-language", "user-agent", "sec-fetch-site", "origin", "referer", "x-forwarded-host"})
    void inAHeaderStaysOutOfTheAnswer(String header) {
        for (String payload : PAYLOADS) {
            String value = payload.replaceAll("[^\\x20-\\x7e]", "?");
            Answer answer = scene.server.send(
                    scene.server.request("/authorize?" + Scene.query()).header(header, value));

            isClean(new Visit(answer), payload);
            assertThat(answer.body()).doesNotContain(MARK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "localhost@evil.example", "\"><script>"})
    void theNameThatAnyoneAsksForIsNotRepeated(String host) throws IOException {
        try (RawConnection connection = new RawConnection(scene.server.server().port())) {
            RawConnection.Answer answer = connection
                    .send("GET /authorize?" + Scene.query("prompt", "none") + " HTTP/1.1\r\nHost: " + host
                            + "\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: evil\r\n\r\n")
                    .answer();

            assertThat(answer.head() + answer.body()).doesNotContain("evil", "<script>");
        }
    }

    private static void isClean(Visit visit, String payload) {
        Answer answer = visit.answer();
        HttpResponse<String> response = answer.response();
        String description = payload + " -> " + response;
        assertThat(answer.status()).as(description).isIn(200, 303, 400, 429);
        assertThat(answer.header("X-Injected")).as(description).isEmpty();
        assertThat(answer.headers("Set-Cookie"))
                .as(description)
                .allMatch(cookie -> cookie.matches("latchkey=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax"));
        response.headers()
                .map()
                .forEach((name, values) -> assertThat(String.join("", values))
                        .as(description)
                        .matches("[\\x20-\\x7e]*")
                        .satisfies(value ->
                                assertThat(name.equals("location") ? "" : value).doesNotContain(MARK)));
        answer.header("Location")
                .ifPresent(location -> assertThat(location)
                        .as(description)
                        .startsWith(Scene.REDIRECT_URI)
                        .doesNotContain("<", ">", "\"", "'", " ", "code=evil", "error=evil"));
        assertThat(answer.body())
                .as(description)
                .doesNotContain(
                        "<script>",
                        "<img src=x",
                        "<svg onload",
                        MARK + "\"",
                        MARK + "'",
                        MARK + "<",
                        MARK + "49",
                        "href=\"javascript");
    }

    /** Words of a client about itself, from a configuration that an operator copied without looking. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\\"><script>alert(1)</script>",
                "</title><script>alert(1)</script>",
                "{0}{1}''{",
                "$${7*7}",
                "\\u202eevil\\u2066\\u2028"
            })
    void inTheNameOfAClientStaysText(String name) {
        String configuration = TestServer.CONFIGURATION.replace(
                "client_name: Orders web",
                "client_name: \"" + name
                        + "\"\n    logo_uri: 'https://evil.example/logo.png?<script>'"
                                .replace("<script>", "%3Cscript%3E")
                        + "\n    policy_uri: https://evil.example/%22onclick=alert(1)");
        try (Scene hostile = new Scene(configuration)) {
            UserAgent browser = hostile.browser();
            Visit login = hostile.authorize(browser);
            Visit consent = browser.signIn(login);

            for (Visit page : List.of(login, consent)) {
                assertThat(page.status()).isEqualTo(200);
                assertThat(page.html())
                        .doesNotContain("<script>", "evil.example/logo", "\u202e", "\u2066", "\u2028")
                        .contains("href=\"https://evil.example/%22onclick=alert(1)\"");
            }
        }
    }
}
