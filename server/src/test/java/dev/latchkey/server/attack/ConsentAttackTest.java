package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.token.UnverifiedToken;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that would learn more of a user than the user has allowed (OpenID Connect Core §3.1.2.4, §5.5, §17.1). */
class ConsentAttackTest {
    private static final String SPA = "https://spa.example/callback";
    private static final String EMAIL = "{\"userinfo\":{\"email\":null},\"id_token\":{\"email\":{\"essential\":true}}}";

    private final Scene scene = new Scene();
    private final UserAgent alice = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    private Map<String, Object> userInfo(Answer tokens) {
        return scene.server.getAs(tokens.text("access_token"), "/userinfo").json();
    }

    /** The parameter claims would be a way around the consent page if only scopes stood there. */
    @Test
    void aClaimThatIsAskedForByItselfNeedsTheConsentOfItsScope() {
        Visit first = scene.allowed(alice, "scope", "openid");
        assertThat(userInfo(scene.redeem(first.code()))).containsOnlyKeys("sub");

        assertThat(scene.authorize(alice, "scope", "openid", "claims", EMAIL, "prompt", "none")
                        .query())
                .containsEntry("error", "consent_required");
        Visit page = scene.authorize(alice, "scope", "openid", "claims", EMAIL);
        assertThat(page.html()).contains("See your email address");
        assertThat(alice.submit(page, "decision", "deny").query()).containsEntry("error", "access_denied");

        Visit allowed = alice.submit(page, "decision", "allow");
        assertThat(userInfo(scene.redeem(allowed.code())))
                .containsOnlyKeys("sub", "email")
                .containsEntry("email", "alice@example.com");
    }

    /** A client whose scope leaves a claim out cannot have it by another name. */
    @Test
    void aClaimOfAScopeThatTheClientMayNotHaveIsNotTold() {
        String[] request = {"client_id", "spa", "redirect_uri", SPA, "scope", "openid", "claims", EMAIL};
        Visit answer = scene.allowed(alice, request);

        Answer tokens =
                scene.server.post("/token", Scene.redemption(answer.code(), "client_id", "spa", "redirect_uri", SPA));

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(userInfo(tokens)).containsOnlyKeys("sub");
        assertThat(UnverifiedToken.parse(tokens.text("id_token")).claims())
                .doesNotContainKeys("email", "email_verified");
    }

    @Test
    void theFormAllowsWhatThePageShowedAndNothingElse() {
        Visit page = alice.signIn(scene.authorize(alice, "scope", "openid"));

        alice.submit(page, "decision", "allow", "scope", "openid profile email orders:read", "claims", EMAIL);

        assertThat(scene.authorize(alice, "scope", "openid", "prompt", "none").query())
                .containsKey("code");
        assertThat(scene.authorize(alice, "scope", "openid email", "prompt", "none")
                        .query())
                .containsEntry("error", "consent_required");
        assertThat(scene.authorize(alice, "scope", "openid", "claims", EMAIL, "prompt", "none")
                        .query())
                .containsEntry("error", "consent_required");
    }

    @Test
    void whatIsMoreThanWasAllowedIsAskedForAgain() {
        scene.allowed(alice, "scope", "openid profile");

        for (String scope : new String[] {"openid email", "openid offline_access", "openid orders:read"}) {
            assertThat(scene.authorize(alice, "scope", scope, "prompt", "none").query())
                    .containsEntry("error", "consent_required");
        }
    }

    /** Any program on the user's machine may pose as a public client that listens there (RFC 8252 §8.6). */
    @Test
    void aPublicClientOnTheUsersMachineIsNeverAnsweredUnseen() {
        String[] request = {"client_id", "spa", "redirect_uri", "http://127.0.0.1:4711/callback"};
        scene.allowed(alice, request);

        assertThat(scene.authorize(alice, request).html()).contains("value=\"allow\"");
        assertThat(scene.authorize(
                                alice,
                                "client_id",
                                "spa",
                                "redirect_uri",
                                "http://127.0.0.1:4711/callback",
                                "prompt",
                                "none")
                        .query())
                .containsEntry("error", "consent_required");
        assertThat(scene.authorize(alice, "client_id", "spa", "redirect_uri", SPA, "prompt", "none")
                        .query())
                .containsKey("code");
    }

    @Test
    void whatOneUserAllowedAnotherHasNot() {
        scene.allowed(alice);
        Visit login = scene.authorize(alice, "prompt", "login");

        Visit page = alice.submit(login, "username", "bob", "password", Scene.BOBS_PASSWORD);

        assertThat(page.html()).contains("value=\"allow\"").contains("bob");
    }
}
