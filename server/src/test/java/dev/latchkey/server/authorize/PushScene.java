package dev.latchkey.server.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A server to push requests to, clients that push, and browsers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PushScene {
    static final String SECRET = "web-secret-web-secret-web-secret-0";
    static final String REDIRECT_URI = "https://rp.example/callback";
    static final String SHARED_SECRET = "a shared secret that is long enough for HS256";
    static final Jwk KEY = Jwk.generate(Algorithm.ES256).withKeyId("key");

    final TestServer server = TestServer.start(TestServer.CONFIGURATION
            + """
              - {client_id: posting, client_secret: '%1$s', token_endpoint_auth_method: client_secret_post, redirect_uris: [https://rp.example/callback], scope: openid}
              - {client_id: shared, client_secret: '%1$s', token_endpoint_auth_method: client_secret_jwt, redirect_uris: [https://rp.example/callback], scope: openid}
              - {client_id: keys, token_endpoint_auth_method: private_key_jwt, jwks: '%2$s', redirect_uris: [https://rp.example/callback], scope: openid}
              - {client_id: strict, client_secret: '%1$s', redirect_uris: [https://rp.example/callback], scope: openid, require_pushed_authorization_requests: true}
              - {client_id: silent, client_secret: '%1$s', redirect_uris: [https://rp.example/callback], scope: openid, skip_consent: true}
            """.formatted(SHARED_SECRET, JwkSet.of(KEY).toJson()));

    @AfterAll
    void stop() {
        server.close();
    }

    UserAgent browser() {
        return new UserAgent(server);
    }

    /** An honest request of the client with some parameters more, or others instead; one that is empty is left out. */
    static String[] request(String client, String... changes) {
        List<String> all = new ArrayList<>(List.of(
                "client_id", client,
                "redirect_uri", REDIRECT_URI,
                "response_type", "code",
                "scope", "openid",
                "state", "state-1",
                "code_challenge", Pkce.CHALLENGE,
                "code_challenge_method", "S256"));
        for (int i = 0; i < changes.length; i += 2) {
            int at = all.indexOf(changes[i]);
            if (at >= 0) {
                all.set(at + 1, changes[i + 1]);
            } else {
                all.addAll(List.of(changes[i], changes[i + 1]));
            }
        }
        return all.toArray(String[]::new);
    }

    Answer push(String... changes) {
        return server.postAs("web", SECRET, "/par", request("web", changes));
    }

    String pushed(String... changes) {
        Answer answer = push(changes);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("request_uri");
    }

    Visit authorize(UserAgent browser, String requestUri) {
        server.clock().turn(Duration.ofMillis(1));
        return browser.authorize("client_id", "web", "request_uri", requestUri);
    }

    static void isError(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.header("Content-Type")).hasValue("application/json");
    }

    static void isErrorPage(Visit visit) {
        assertThat(visit.status()).as(visit.html()).isEqualTo(400);
        assertThat(visit.answer().header("Location")).isEmpty();
        assertThat(visit.html()).contains("<code>invalid_request</code>").doesNotContain("<form");
    }
}
