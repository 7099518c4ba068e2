package dev.latchkey.server.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.conformance.Certifies;
import dev.latchkey.server.logout.SignedInScene.Tokens;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application sends its user to sign out (OpenID Connect RP-Initiated Logout). */
class RpInitiatedLogoutTest {
    private static final String BYE = SignedInScene.BYE;

    private final SignedInScene scene = new SignedInScene();
    private final TestServer server = scene.server();
    private final UserAgent alice = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    private Visit logout(String... namesAndValues) {
        return scene.logout(alice, namesAndValues);
    }

    private void assertRefused(Visit visit) {
        assertThat(visit.status()).isEqualTo(400);
        assertThat(visit.answer().header("Location")).isEmpty();
        assertThat(visit.html()).contains("<code>invalid_request</code>");
        assertThat(scene.isSignedIn(alice)).isTrue();
    }

    @Certifies("oidcc-rp-initiated-logout")
    @Test
    void withItsIdTokenTheUserIsSignedOutAndSentBackUnasked() {
        Tokens tokens = scene.signIn(alice, "web");
        Tokens other = scene.signIn(alice, "silent");

        Visit back = logout("id_token_hint", tokens.id(), "post_logout_redirect_uri", BYE, "state", "a&b=c d");

        assertThat(back.status()).isEqualTo(303);
        assertThat(back.location()).isEqualTo(BYE + "?state=a%26b%3Dc+d");
        assertThat(scene.isSignedIn(alice)).isFalse();
        assertThat(scene.hasEnded(tokens)).isTrue();
        assertThat(scene.hasEnded(other)).isTrue();
        assertThat(alice.cookies()).isEmpty();
    }

    @Certifies("oidcc-rp-initiated-logout-no-state")
    @Test
    void withoutStateThereIsNone() {
        Tokens tokens = scene.signIn(alice, "web");

        assertThat(logout("id_token_hint", tokens.id(), "post_logout_redirect_uri", BYE)
                        .location())
                .isEqualTo(BYE);
    }

    @Test
    void stateJoinsTheQueryOfARegisteredAddressAndAnAppsOwnSchemeWillDo() {
        Tokens tokens = scene.signIn(alice, "web");
        assertThat(logout("id_token_hint", tokens.id(), "post_logout_redirect_uri", BYE + "?from=op", "state", "x")
                        .location())
                .isEqualTo(BYE + "?from=op&state=x");

        Tokens again = scene.signIn(alice, "web");
        assertThat(logout("id_token_hint", again.id(), "post_logout_redirect_uri", "com.example.app:/bye")
                        .location())
                .isEqualTo("com.example.app:/bye");
    }

    @Certifies("oidcc-rp-initiated-logout-no-post-logout-redirect-uri")
    @Test
    void withNowhereToGoThereIsAPage() {
        Tokens tokens = scene.signIn(alice, "web");

        Visit page = logout("id_token_hint", tokens.id(), "state", "alone");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("You are signed out").doesNotContain("alone");
        assertThat(scene.isSignedIn(alice)).isFalse();
    }

    @Certifies({"oidcc-rp-initiated-logout-no-id-token-hint", "oidcc-rp-initiated-logout-no-params"})
    @Test
    void withoutAHintTheUserIsAskedAndMayStay() {
        Tokens tokens = scene.signIn(alice, "web");

        Visit question = logout();
        assertThat(question.html()).contains("You are signed in as alice");
        Visit stays = alice.submit(question, "logout", "no");

        assertThat(stays.html()).contains("Your account");
        assertThat(scene.isSignedIn(alice)).isTrue();
        assertThat(scene.userInfo(tokens)).isEqualTo(200);
    }

    @Test
    void whoSaysYesIsSignedOutAndSentToWhereTheNamedClientWantsIt() {
        Tokens tokens = scene.signIn(alice, "web");

        Visit question = logout("client_id", "web", "post_logout_redirect_uri", BYE, "state", "x");
        assertThat(question.html()).contains("The web application asks to sign you out");
        assertThat(scene.isSignedIn(alice)).isTrue();
        Visit back = alice.submit(question, "logout", "yes");

        assertThat(back.location()).isEqualTo(BYE + "?state=x");
        assertThat(scene.hasEnded(tokens)).isTrue();
        assertThat(scene.isSignedIn(alice)).isFalse();
    }

    @Certifies("oidcc-rp-initiated-logout-only-state")
    @Test
    void anAddressThatNobodyVouchesForIsPassedOver() {
        scene.signIn(alice, "web");

        Visit page = alice.submit(logout("post_logout_redirect_uri", BYE, "state", "x"), "logout", "yes");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("You are signed out").doesNotContain(BYE);
    }

    @Certifies({
        "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri",
        "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri"
    })
    @Test
    void anUnregisteredAddressEndsTheRequest() {
        String hint = scene.signIn(alice, "web").id();

        Stream.of(
                        "https://evil.example/",
                        BYE + "/",
                        BYE + "?x=1",
                        BYE + "#",
                        BYE.toUpperCase(Locale.ROOT),
                        "https://silent.example/bye",
                        "//web.example/bye",
                        "javascript:alert(1)",
                        "data:text/html,x",
                        "/account")
                .forEach(uri -> {
                    assertRefused(logout("id_token_hint", hint, "post_logout_redirect_uri", uri));
                    assertRefused(logout("client_id", "web", "post_logout_redirect_uri", uri));
                });
    }

    @Test
    void aHintOfAnotherClientEndsTheRequest() {
        Tokens tokens = scene.signIn(alice, "web");

        assertRefused(logout("id_token_hint", tokens.id(), "client_id", "silent"));
        assertRefused(logout("client_id", "nobody"));
    }

    @Certifies({"oidcc-rp-initiated-logout-bad-id-token-hint", "oidcc-rp-initiated-logout-modified-id-token-hint"})
    @Test
    void aHintThatIsNoIdTokenOfThisIssuerEndsTheRequest() {
        Tokens tokens = scene.signIn(alice, "web");
        String[] parts = tokens.id().split("\\.", -1);
        String unsigned = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "." + parts[1] + ".";
        String foreign =
                Jwt.create(server.clock()).claims(tokens.claims()).type("JWT").sign(Jwk.generate(Algorithm.ES256));
        String changed =
                parts[0] + "." + parts[1] + "." + (parts[2].startsWith("A") ? "B" : "A") + parts[2].substring(1);

        Stream.of(
                        unsigned,
                        foreign,
                        changed,
                        "x",
                        "a.b.c",
                        tokens.access(),
                        tokens.refresh(),
                        parts[0] + "." + parts[1])
                .forEach(hint -> assertRefused(logout("id_token_hint", hint, "post_logout_redirect_uri", BYE)));
    }

    @Test
    void anExpiredHintWillDo() {
        Tokens tokens = scene.signIn(alice, "web");
        server.clock().turn(Duration.ofMinutes(50));

        assertThat(logout("id_token_hint", tokens.id(), "post_logout_redirect_uri", BYE)
                        .location())
                .isEqualTo(BYE);
        assertThat(scene.isSignedIn(alice)).isFalse();
    }

    @Test
    void aHintUnderAKeyThatWasRotatedWillDoAsLongAsThatIsPublished() {
        Tokens tokens = scene.signIn(alice, "web");
        server.server().issuer().keys().rotate(Algorithm.ES256);
        server.clock().turn(Duration.ofMinutes(61)); // from now on the new key signs
        Tokens later = scene.signIn(alice, "web");
        assertThat(later.claims().get("sid")).isNotEqualTo(tokens.sid());

        assertThat(logout("id_token_hint", tokens.id(), "post_logout_redirect_uri", BYE)
                        .location())
                .isEqualTo(BYE);
        assertThat(scene.hasEnded(later)).isTrue();
    }

    @Test
    void aHintOfAnotherUserAsks() {
        Tokens bobs = scene.signInBob(scene.browser(), "web");
        Tokens tokens = scene.signIn(alice, "web");

        Visit question = logout("id_token_hint", bobs.id(), "post_logout_redirect_uri", BYE);

        assertThat(question.html()).contains("You are signed in as alice");
        assertThat(scene.userInfo(tokens)).isEqualTo(200);
        assertThat(scene.userInfo(bobs)).isEqualTo(200);
    }

    @Test
    void ofSeveralAccountsTheHintedOneLeaves() {
        Tokens tokens = scene.signIn(alice, "web");
        Tokens bobs = scene.signInBob(alice, "web");

        logout("id_token_hint", tokens.id());

        assertThat(scene.hasEnded(tokens)).isTrue();
        assertThat(scene.userInfo(bobs)).isEqualTo(200);
        assertThat(scene.isSignedIn(alice)).isTrue();
    }

    @Test
    void aLogoutHintPicksTheAccountAndWithoutOneAllLeave() {
        Tokens tokens = scene.signIn(alice, "web");
        Tokens bobs = scene.signInBob(alice, "web");

        Visit question = logout("logout_hint", "bob@example.com");
        assertThat(question.html()).contains("You are signed in as bob");
        alice.submit(question, "logout", "yes");
        assertThat(scene.userInfo(bobs)).isEqualTo(401);
        assertThat(scene.userInfo(tokens)).isEqualTo(200);

        Tokens again = scene.signInBob(alice, "web");
        alice.submit(logout(), "logout", "yes");
        assertThat(scene.userInfo(again)).isEqualTo(401);
        assertThat(scene.userInfo(tokens)).isEqualTo(401);
    }

    @Test
    void whereNobodyIsSignedInTheClientsOwnSessionEnds() {
        Tokens tokens = scene.signIn(alice, "web");

        Visit back = scene.logout(
                scene.browser(), "id_token_hint", tokens.id(), "post_logout_redirect_uri", BYE, "state", "x");

        assertThat(back.location()).isEqualTo(BYE + "?state=x");
        assertThat(scene.hasEnded(tokens)).isTrue();
        assertThat(scene.isSignedIn(alice)).isTrue();
    }

    @Test
    void aCodeThatWasNotRedeemedIsWorthNothingAfterwards() {
        Tokens tokens = scene.signIn(alice, "web");
        String code = scene.authorize(alice, "silent", "openid").code();

        logout("id_token_hint", tokens.id());

        Answer answer = scene.redeem("silent", code);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void aFormFromElsewhereDoesNothing() {
        Tokens tokens = scene.signIn(alice, "web");
        Visit question = logout("client_id", "web");

        Visit forged = alice.post(question.action(), "continue", "client_id=web", "token", "x", "logout", "yes");
        Visit bare = alice.post("/logout/confirm", "logout", "yes");
        UserAgent bob = scene.browser();
        scene.signInBob(bob, "web");
        Visit stolen = alice.submit(scene.logout(bob, "client_id", "web"), "logout", "yes");

        for (Visit visit : new Visit[] {forged, bare, stolen}) {
            assertThat(visit.html()).contains("You are signed in as alice");
        }
        assertThat(scene.userInfo(tokens)).isEqualTo(200);
        // a form that was made for one request is none for another
        assertThat(alice.submit(question, "continue", "client_id=silent", "logout", "yes")
                        .html())
                .contains("You are signed in as alice");
    }

    @Test
    void aFormThatBrowsersSayComesFromElsewhereDoesNothing() {
        scene.signIn(alice, "web");
        Visit question = logout();
        String form = "token=" + question.hidden().get("token") + "&logout=yes";

        Answer answer = server.send(server.request("/logout/confirm")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", "latchkey=" + alice.cookies().get("latchkey"))
                .header("Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.ofString(form)));

        assertThat(answer.header("Location")).contains("/logout");
        assertThat(scene.isSignedIn(alice)).isTrue();
    }

    @Test
    void whatAnotherSitePostsIsAskedForAgainWithTheCookie() {
        Tokens tokens = scene.signIn(alice, "web");

        Answer withoutCookie = server.post("/logout", "id_token_hint", tokens.id(), "post_logout_redirect_uri", BYE);

        assertThat(withoutCookie.status()).isEqualTo(303);
        assertThat(alice.get(withoutCookie.header("Location").orElseThrow()).location())
                .isEqualTo(BYE);
        assertThat(scene.isSignedIn(alice)).isFalse();
        assertThat(server.post("/logout").header("Location")).contains("/logout");
        assertThat(server.post("/logout", "state", "x".repeat(13_000)).status()).isEqualTo(400);
    }

    @Test
    void anIdTokenFromTheFrontChannelIsAHintToo() {
        scene.signIn(alice, "silent");
        String idToken = scene.authorize(alice, "web", "openid", "response_type", "id_token")
                .fragment()
                .getOrDefault("id_token", "");

        assertThat(logout("id_token_hint", idToken, "post_logout_redirect_uri", BYE)
                        .location())
                .isEqualTo(BYE);
    }

    @Test
    void pagesComeInTheLanguageThatIsAskedFor() {
        scene.signIn(alice, "web");

        assertThat(logout("ui_locales", "de en").html()).contains("lang=\"de\"");
    }

    @Test
    void aReloadEndsNothingMore() {
        Tokens tokens = scene.signIn(alice, "web");
        logout("id_token_hint", tokens.id());
        Tokens later = scene.signIn(alice, "silent");

        // the old hint is of this user, who has signed in again at this browser: it is the same wish
        logout("id_token_hint", tokens.id());

        assertThat(scene.hasEnded(later)).isTrue();
    }

    @Certifies("oidcc-rp-initiated-logout-discovery-endpoint-verification")
    @Test
    void discoveryNamesTheEndpoint() {
        assertThat(server.get("/.well-known/openid-configuration").json())
                .containsEntry("end_session_endpoint", server.url() + "/logout");
    }
}
