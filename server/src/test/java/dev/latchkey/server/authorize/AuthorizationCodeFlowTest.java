package dev.latchkey.server.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.token.UnverifiedToken;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user signs in at the web client by a code with PKCE, from the first page to the tokens. */
class AuthorizationCodeFlowTest {
    private static final String REDIRECT_URI = "https://rp.example/callback";
    private static final String SECRET = "web-secret-web-secret-web-secret-0";

    private final TestServer server = TestServer.start();
    private final UserAgent alice = new UserAgent(server);

    @AfterEach
    void stop() {
        server.close();
    }

    private Visit authorize(UserAgent agent, String... more) {
        String[] base = {
            "client_id", "web",
            "redirect_uri", REDIRECT_URI,
            "response_type", "code",
            "scope", "openid profile email offline_access",
            "state", "s t&a=te",
            "nonce", "n-0S6",
            "code_challenge", Pkce.CHALLENGE,
            "code_challenge_method", "S256"
        };
        String[] all = new String[base.length + more.length];
        System.arraycopy(base, 0, all, 0, base.length);
        System.arraycopy(more, 0, all, base.length, more.length);
        return agent.authorize(all);
    }

    private Answer redeem(String code) {
        return server.postAs("web", SECRET, "/token", CodeRequest.redemption(code, REDIRECT_URI));
    }

    private Visit signInAndAllow(UserAgent agent) {
        return agent.submit(agent.signIn(authorize(agent)), "decision", "allow");
    }

    @Test
    void aUserSignsInAllowsAndTheClientGetsTokensForTheUser() {
        Visit loginPage = authorize(alice);
        assertThat(loginPage.status()).isEqualTo(200);
        assertThat(loginPage.html()).contains("Orders web");

        Visit consentPage = alice.signIn(loginPage);
        assertThat(consentPage.status()).isEqualTo(200);
        Visit answer = alice.submit(consentPage, "decision", "allow");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).startsWith(REDIRECT_URI + "?");
        assertThat(answer.query())
                .containsEntry("state", "s t&a=te")
                .containsEntry("iss", server.url())
                .containsOnlyKeys("code", "state", "iss");
        Answer tokens = redeem(answer.code());
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        Map<String, Object> idToken =
                UnverifiedToken.parse(tokens.text("id_token")).claims();
        assertThat(idToken)
                .containsEntry("iss", server.url())
                .containsEntry("aud", "web")
                .containsEntry("azp", "web")
                .containsEntry("nonce", "n-0S6")
                .containsEntry("acr", "1")
                .containsKeys("sub", "exp", "iat", "auth_time", "amr", "sid", "at_hash")
                .doesNotContainKeys("name", "email");
        Answer userInfo = server.getAs(tokens.text("access_token"), "/userinfo");
        assertThat(userInfo.json()).containsEntry("name", "Alice Liddell").containsEntry("sub", idToken.get("sub"));
        Answer refreshed = server.postAs(
                "web", SECRET, "/token", "grant_type", "refresh_token", "refresh_token", tokens.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(UnverifiedToken.parse(refreshed.text("id_token")).claims())
                .containsEntry("sub", idToken.get("sub"))
                .containsEntry("auth_time", idToken.get("auth_time"))
                .doesNotContainKey("nonce");
    }

    @Test
    void whoIsSignedInAndHasAllowedIsNotAskedAgain() {
        signInAndAllow(alice);

        assertThat(authorize(alice).query()).containsKey("code");
        assertThat(authorize(alice, "prompt", "none").query()).containsKey("code");
    }

    @Test
    void withoutTheUserTheClientHearsWhatWouldHaveToBeAsked() {
        assertThat(authorize(alice, "prompt", "none").query())
                .containsEntry("error", "login_required")
                .containsEntry("iss", server.url())
                .containsEntry("state", "s t&a=te");

        alice.signIn(authorize(alice));

        assertThat(authorize(alice, "prompt", "none").query()).containsEntry("error", "consent_required");
    }

    @Test
    void whoDeniesIsSentBackWithoutACode() {
        Visit consentPage = alice.signIn(authorize(alice));

        assertThat(alice.submit(consentPage, "decision", "deny").query())
                .containsEntry("error", "access_denied")
                .doesNotContainKey("code");
    }

    @Test
    void aWrongPasswordShowsThePageAgain() {
        Visit again = alice.submit(authorize(alice), "username", "alice", "password", "wrong");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.hidden()).containsKey("token");
        assertThat(alice.signIn(again).hidden()).containsKey("account");
    }

    @Test
    void aSecondUseOfACodeEndsWhatTheFirstOneGot() {
        String code = signInAndAllow(alice).code();
        Answer first = redeem(code);

        Answer second = redeem(code);

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.text("error")).isEqualTo("invalid_grant");
        assertThat(server.getAs(first.text("access_token"), "/userinfo").status())
                .isEqualTo(401);
    }

    @Test
    void promptLoginAsksWhoeverIsSignedIn() {
        signInAndAllow(alice);

        Visit page = authorize(alice, "prompt", "login");
        assertThat(page.status()).isEqualTo(200);

        assertThat(alice.signIn(page).query()).containsKey("code");
    }
}
