package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Redirect URIs that are nearly those of a client: each gets a page of our own and never a redirect (RFC 9700 §4.1, RFC 8252
 * §7.3, §8.10).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedirectUriAttackTest {
    static final List<String> OF_THE_WEB = List.of(
            "https://rp.example/",
            "https://rp.example",
            "https://rp.example/callback/",
            "https://rp.example/callbac",
            "https://rp.example/callbackk",
            "https://rp.example/callback/evil",
            "https://rp.example/callback/..",
            "https://rp.example/callback/../evil",
            "https://rp.example/callback/%2e%2e/evil",
            "https://rp.example/evil/../callback",
            "https://rp.example/./callback",
            "https://rp.example//callback",
            "https://rp.example/callback;evil",
            "https://rp.example/callback%2f",
            "https://rp.example/callback%20",
            "https://rp.example/callback%00",
            "https://rp.example/callback%0d%0aSet-Cookie:a=b",
            "https://rp.example/%63allback",
            "https://rp.example/Callback",
            "https://rp.example/callback?",
            "https://rp.example/callback?evil",
            "https://rp.example/callback?redirect_uri=https://evil.example/",
            "https://rp.example/callback&evil",
            "https://rp.example/callback#",
            "https://rp.example/callback#evil",
            "https://rp.example/callback,https://evil.example/",
            "https://rp.example/callback https://evil.example/",
            "https://rp.example/callback ",
            " https://rp.example/callback",
            "\thttps://rp.example/callback",
            "https://rp.example/callback\n",
            "https://rp.example/callback\r\nX-Evil: yes",
            "https://rp.example/callback\0",
            "https://rp.example\0.evil.example/callback",
            "https://rp.example/callback\u2028",
            "https://rp.example/callback\u202e",
            "https://rp.example/callback\ufeff",
            "https://rp.example/\uff43allback",
            "https://rp.ex\u0430mple/callback", // Cyrillic
            "https://rp\u3002example/callback", // a full stop to some browsers
            "https://xn--rp-example/callback",
            "HTTPS://rp.example/callback",
            "https://RP.example/callback",
            "https://rp.example./callback",
            "https://rp%2eexample/callback",
            "https://rp.example:443/callback",
            "https://rp.example:/callback",
            "https://rp.example:0443/callback",
            "https://rp.example:8443/callback",
            "https://evil.rp.example/callback",
            "https://evilrp.example/callback",
            "https://rp.example.evil.example/callback",
            "https://rp.examplee/callback",
            "https://evil.example/callback",
            "https://evil.example/https://rp.example/callback",
            "https://evil.example?https://rp.example/callback",
            "https://evil.example#https://rp.example/callback",
            "https://evil.example\\@rp.example/callback",
            "https://rp.example\\.evil.example/callback",
            "https:\\\\rp.example\\callback",
            "https://rp.example@evil.example/callback",
            "https://rp.example%40evil.example/callback",
            "https://evil.example@rp.example/callback",
            "https://:@rp.example/callback",
            "https://192.0.2.1/callback",
            "https://[::ffff:c000:201]/callback",
            "http://rp.example/callback",
            "https:/rp.example/callback",
            "https:rp.example/callback",
            "https:///rp.example/callback",
            "//rp.example/callback",
            "/callback",
            "callback",
            "*",
            "https://*/callback",
            "null",
            "blob:https://rp.example/callback",
            "view-source:https://rp.example/callback",
            "javascript:alert(1)",
            "javascript://rp.example/callback%0aalert(1)",
            "data:text/html,<script>alert(1)</script>",
            "urn:ietf:wg:oauth:2.0:oob",
            "http://127.0.0.1/callback");

    static final List<String> OF_AN_INSTALLED_APPLICATION = List.of(
            "http://127.0.0.1.evil.example/callback",
            "http://127.0.0.1@evil.example/callback",
            "http://127.0.0.1:80@evil.example/callback",
            "http://127.0.0.1:80%40evil.example/callback",
            "http://127.0.0.1:80\\@evil.example/callback",
            "http://evil.example@127.0.0.1/callback",
            "http://127.0.0.1:0/callback",
            "http://127.0.0.1:00080/callback",
            "http://127.0.0.1:080/callback",
            "http://127.0.0.1:65536/callback",
            "http://127.0.0.1:99999/callback",
            "http://127.0.0.1:123456/callback",
            "http://127.0.0.1:/callback",
            "http://127.0.0.1:-1/callback",
            "http://127.0.0.1:+80/callback",
            "http://127.0.0.1: 80/callback",
            "http://127.0.0.1:8080\n/callback",
            "http://127.0.0.1:\uff18\uff10/callback",
            "http://127.0.0.1:8080/callback/",
            "http://127.0.0.1:8080/callback/../evil",
            "http://127.0.0.1:8080/callback?evil",
            "http://127.0.0.1:8080/callback#evil",
            "http://127.0.0.1:8080/callback\n",
            "http://127.0.0.1:8080/",
            "http://127.0.0.1:8080",
            "http://127.0.0.1:8080//callback",
            "https://127.0.0.1:8080/callback",
            "HTTP://127.0.0.1:8080/callback",
            "http:127.0.0.1:8080/callback",
            "http://127.0.0.2/callback",
            "http://127.1/callback",
            "http://127.0.1/callback",
            "http://0x7f.1/callback",
            "http://0x7f000001/callback",
            "http://0177.0.0.1/callback",
            "http://2130706433/callback",
            "http://0/callback",
            "http://0.0.0.0/callback",
            "http://127.0.0.1./callback",
            "http://\u2460\u2461\u2466.0.0.1/callback",
            "http://[::1%25lo]/callback",
            "http://[::1%lo]/callback",
            "http://[::]/callback",
            "http://[0:0:0:0:0:0:0:1]/callback",
            "http://[::ffff:127.0.0.1]/callback",
            "http://[::1].evil.example/callback",
            "http://[::1]@evil.example/callback",
            "http://::1/callback",
            "http://[::1]:0/callback",
            "http://[::1]:65536/callback",
            "http://localhost/callback",
            "http://localhost:3001/callback",
            "http://LOCALHOST:3000/callback",
            "http://localhost.:3000/callback",
            "http://localhost.evil.example:3000/callback",
            "http://localhost.localdomain:3000/callback",
            "http://localhost:3000@evil.example/callback",
            "com.example.app:/callback/",
            "com.example.app:/callback?evil",
            "com.example.app:callback",
            "com.example.app://callback",
            "com.example.app:///callback",
            "com.example.app",
            "COM.EXAMPLE.APP:/callback",
            "com.example.app.evil:/callback",
            "com.example.appevil:/callback",
            "com.example:/callback",
            "com.evil.app:/callback",
            "app:/callback",
            "intent://callback#Intent;scheme=com.example.app;end");

    private final Scene scene = new Scene("""
        passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
        users:
          - {username: alice, password: correct horse battery staple}
        clients:
          - client_id: web
            client_secret: web-secret-web-secret-web-secret-0
            redirect_uris: [https://rp.example/callback]
            grant_types: [authorization_code]
            scope: openid profile
          - client_id: app
            redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback', 'http://localhost:3000/callback', 'com.example.app:/callback']
            grant_types: [authorization_code]
            token_endpoint_auth_method: none
            scope: openid profile
        """);
    /** Signed in and asked for nothing: whatever could be answered would be answered at once. */
    private final UserAgent alice = scene.browser();

    RedirectUriAttackTest() {
        scene.allowed(alice);
        alice.submit(
                scene.authorize(alice, "client_id", "app", "redirect_uri", "com.example.app:/callback"),
                "decision",
                "allow");
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @ParameterizedTest
    @FieldSource("OF_THE_WEB")
    void ofTheWeb(String redirectUri) {
        goesNowhere("web", redirectUri);
    }

    @ParameterizedTest
    @FieldSource("OF_AN_INSTALLED_APPLICATION")
    void ofAnInstalledApplication(String redirectUri) {
        goesNowhere("app", redirectUri);
    }

    private void goesNowhere(String client, String redirectUri) {
        String[] request = Scene.request("client_id", client, "redirect_uri", redirectUri);
        Scene.isOurErrorPage(alice.authorize(request).answer());
        Scene.isOurErrorPage(alice.post("/authorize", request).answer());
        Scene.isOurErrorPage(alice.authorize(Scene.request(
                        "client_id",
                        client,
                        "redirect_uri",
                        redirectUri,
                        "prompt",
                        "none",
                        "response_mode",
                        "fragment"))
                .answer());
        Scene.isOurErrorPage(alice.authorize(Scene.request(
                        "client_id", client, "redirect_uri", redirectUri, "response_type", "token", "scope", "evil"))
                .answer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "WEB", "web ", "evil", "", "\u00e9", "web\0", "../web", "%"})
    void anotherClientsOwnAddressOrNoClientAtAll(String client) {
        Scene.isOurErrorPage(scene.authorize(alice, "client_id", client, "redirect_uri", "com.example.app:/callback")
                .answer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/callback",
                "http://127.0.0.1:1/callback",
                "http://127.0.0.1:8080/callback",
                "http://127.0.0.1:65535/callback",
                "http://[::1]/callback",
                "http://[::1]:49152/callback",
                "http://localhost:3000/callback",
                "com.example.app:/callback"
            })
    void itsOwnAreAnswered(String redirectUri) {
        Visit answer = scene.authorize(
                scene.browser(), "client_id", "app", "redirect_uri", redirectUri, "prompt", "none", "state", "a b");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).startsWith(redirectUri + "?error=login_required&");
        assertThat(answer.query()).containsEntry("state", "a b").containsEntry("iss", scene.server.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://rp.example/callback"})
    void exactlyWhatIsRegisteredGetsACode(String redirectUri) {
        assertThat(scene.authorize(alice, "redirect_uri", redirectUri).location())
                .startsWith(redirectUri + "?code=");
    }
}
