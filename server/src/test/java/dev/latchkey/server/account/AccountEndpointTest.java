package dev.latchkey.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.logout.SignedInScene;
import dev.latchkey.server.logout.SignedInScene.Tokens;
import dev.latchkey.token.UnverifiedToken;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users see what they have at {@code /account}, and end it. */
class AccountEndpointTest {
    private static final Pattern OTHER_BROWSER = Pattern.compile("name=\"end-session\" value=\"([^\"]+)\"");

    private final SignedInScene scene = new SignedInScene();
    private final TestServer server = scene.server();
    private final UserAgent alice = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    private Visit signIn(UserAgent agent) {
        return agent.signIn(agent.get("/account"));
    }

    private Visit signInBob(UserAgent agent, Visit loginPage) {
        return agent.submit(loginPage, "username", "bob", "password", "bobs password is a long one");
    }

    /** The browser session beside its own that a page can end. */
    private static String otherBrowser(Visit page) {
        Matcher matcher = OTHER_BROWSER.matcher(page.html());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void theUserSignsInFirst() {
        Visit login = alice.get("/account");
        assertThat(login.html()).contains("name=\"password\"").doesNotContain("name=\"cancel\"");
        Visit wrong = alice.submit(login, "username", "alice", "password", "wrong");
        assertThat(wrong.html()).contains("name=\"password\"").contains("value=\"alice\"");

        Visit page = alice.signIn(wrong);

        assertThat(page.html()).contains("Your account", "Alice Liddell", "this browser", "No application has access");
        assertThat(page.answer().header("Cache-Control")).contains("no-store");
    }

    @Test
    void itShowsTheBrowsersAndApplicationsOfThisUserAlone() {
        scene.signIn(alice, "asks", "openid profile offline_access");
        scene.signInBob(scene.browser(), "web");

        String html = alice.get("/account").html();

        assertThat(html)
                .contains("The asks application", "1 active session", "Act while you are away")
                .doesNotContain("The web application")
                .doesNotContainPattern("\\bbob\\b");
        assertThat(OTHER_BROWSER.matcher(html).results()).isEmpty();
    }

    @Test
    void anotherBrowserIsSignedOut() {
        UserAgent phone = scene.browser();
        Tokens onPhone = scene.signIn(phone, "web");
        Tokens here = scene.signIn(alice, "web");
        Visit page = alice.get("/account");

        Visit after = alice.submit(page, "end-session", otherBrowser(page));

        assertThat(after.html()).contains("That browser is signed out.");
        assertThat(scene.hasEnded(onPhone)).isTrue();
        assertThat(scene.isSignedIn(phone)).isFalse();
        assertThat(scene.userInfo(here)).isEqualTo(200);
        assertThat(UnverifiedToken.parse(scene.relyingParty().next().logoutToken())
                        .claims())
                .containsEntry("sid", onPhone.sid());
        assertThat(alice.submit(page, "end-session", otherBrowser(page)).html()).contains("That had ended already.");
    }

    @Test
    void whatIsWithdrawnEndsAtOnce() {
        Tokens tokens = scene.signIn(alice, "asks", "openid offline_access");
        Tokens other = scene.signIn(alice, "web");
        String code = scene.authorize(alice, "asks", "openid").code();

        Visit after = alice.submit(alice.get("/account"), "withdraw", "asks");

        assertThat(after.html())
                .contains("The application no longer has access.")
                .doesNotContain("The asks application");
        assertThat(scene.hasEnded(tokens)).isTrue();
        assertThat(scene.redeem("asks", code).text("error")).isEqualTo("invalid_grant");
        assertThat(scene.userInfo(other)).isEqualTo(200);
        assertThat(scene.authorize(alice, "asks", "openid").hidden()).containsKey("account"); // asks for consent again
        assertThat(scene.awaitEvents("revoke_consent", 1).getFirst().fields()).containsEntry("client_id", "asks");
    }

    @Test
    void everywhereElseMeansOfflineAccessAndPasswordLoginsToo() {
        Tokens offline = scene.signIn(scene.browser(), "web", "openid offline_access");
        Answer direct = server.login();
        Tokens here = scene.signIn(alice, "web");
        Tokens bobs = scene.signInBob(scene.browser(), "web");

        Visit after = alice.submit(alice.get("/account"), "end-all", "yes");

        assertThat(after.html()).contains("You are signed out everywhere else.");
        assertThat(scene.hasEnded(offline)).isTrue();
        assertThat(server.refresh(direct.text("refresh_token")).status()).isEqualTo(400);
        assertThat(scene.userInfo(here)).isEqualTo(200);
        assertThat(scene.userInfo(bobs)).isEqualTo(200);
        assertThat(OTHER_BROWSER.matcher(after.html()).results()).isEmpty();
        assertThat(scene.awaitEvents("session_end", 1).getFirst().fields()).containsEntry("count", "3");
    }

    @Test
    void signingOutHereTellsTheClientsOfThisBrowser() {
        Tokens front = scene.signIn(alice, "front");

        Visit page = alice.submit(alice.get("/account"), "sign-out", "yes");

        assertThat(page.html()).contains("You are signed out", "sid=" + front.sid());
        assertThat(scene.isSignedIn(alice)).isFalse();
        assertThat(alice.cookies()).isEmpty();
        assertThat(alice.get("/account").html()).contains("name=\"password\"");
    }

    @Test
    void whatIsAnothersIsOutOfReach() {
        UserAgent bob = scene.browser();
        Tokens bobs = scene.signInBob(bob, "web");
        String bobsBrowser = bob.get("/account").hidden().getOrDefault("account", "");
        Visit page = signIn(alice);

        assertThat(alice.submit(page, "end-session", bobsBrowser).html()).contains("That had ended already.");
        assertThat(alice.submit(page, "withdraw", "web").html()).contains("That had ended already.");
        assertThat(alice.submit(page, "account", bobsBrowser, "sign-out", "yes").html())
                .contains("Alice Liddell");
        assertThat(alice.submit(page, "switch", bobsBrowser).html()).contains("Alice Liddell");
        assertThat(alice.submit(page, "end-session", "x".repeat(500), "withdraw", "?")
                        .html())
                .contains("That had ended already.");

        assertThat(scene.userInfo(bobs)).isEqualTo(200);
        assertThat(scene.isSignedIn(bob)).isTrue();
    }

    @Test
    void aFormFromElsewhereDoesNothing() {
        Visit page = signIn(alice);
        String account = page.hidden().getOrDefault("account", "");

        assertThat(alice.post("/account", "account", account, "token", "x", "end-all", "yes")
                        .html())
                .contains("Alice Liddell")
                .doesNotContain("everywhere else");
        assertThat(alice.post("/account", "end-all", "yes").html()).doesNotContain("everywhere else");
        Visit planted = scene.browser().get("/account");
        assertThat(scene.browser()
                        .submit(planted, "username", "alice", "password", TestServer.PASSWORD)
                        .html())
                .contains("name=\"password\"");
    }

    @Test
    void oneOfSeveralAccountsIsShownAndTheOthersAreAClickAway() {
        Visit page = signIn(alice);
        server.clock().turn(Duration.ofSeconds(1));
        Visit login = alice.submit(page, "switch", "another");
        assertThat(login.html()).contains("name=\"password\"");

        Visit bobs = signInBob(alice, login);
        assertThat(bobs.html()).contains("Switch to alice").doesNotContain("Switch to bob");
        Matcher key = Pattern.compile("name=\"switch\" value=\"([^\"]+)\"").matcher(bobs.html());
        assertThat(key.find()).isTrue();
        server.clock().turn(Duration.ofSeconds(1));

        assertThat(alice.submit(bobs, "switch", key.group(1)).html()).contains("Switch to bob", "Alice Liddell");
        // the form of the one page does not act for the other
        Visit left = alice.submit(bobs, "sign-out", "yes");
        assertThat(left.html()).contains("You are signed out");
        assertThat(alice.get("/account").html()).contains("Alice Liddell").doesNotContain("Switch to");
    }
}
