package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.docs.Browser;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in at the sample application, in a real Chromium, with and without JavaScript. */
@TestInstance(Lifecycle.PER_CLASS)
class SampleApplicationTest {
    private Browser browser;
    private SampleApplication application;
    private TestServer server;

    @BeforeAll
    void open() {
        browser = Browser.openOrSkip("SampleApplicationTest");
    }

    @AfterAll
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() {
        application = new SampleApplication();
        server = TestServer.start("outbound: {insecure-allow-private-addresses: true}\n" + TestServer.CONFIGURATION
                + application.registration());
        server.clock().turnToPresent();
        application.start(server.url());
    }

    @AfterEach
    void stop() {
        application.close();
        server.close();
    }

    private BrowserContext person(boolean javaScript) {
        BrowserContext context = browser.browser().newContext(new NewContextOptions().setJavaScriptEnabled(javaScript));
        context.setDefaultTimeout(60_000);
        return context;
    }

    private Page visit(BrowserContext person) {
        Page page = person.newPage();
        page.navigate(application.url() + "/");
        return page;
    }

    private static void signIn(Page page, String username, String password) {
        page.getByText("Sign in").first().click();
        page.locator("#username").fill(username);
        page.locator("#password").fill(password);
        page.locator("button.primary").click();
    }

    private static void allow(Page page) {
        page.locator("button[value=allow]").click();
    }

    private void assertAt(Page page, String path) {
        PlaywrightAssertions.assertThat(page).hasURL(application.url() + path);
    }

    private static String text(Page page, String selector) {
        return page.locator(selector).textContent();
    }

    private static String freshToken(Page page) {
        page.getByText("Token").click();
        String id = text(page, "#jti");
        page.goBack();
        return id;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aliceSignsInAllowsAndGoesOn(boolean javaScript) {
        try (BrowserContext alice = person(javaScript)) {
            Page page = visit(alice);
            signIn(page, "alice", TestServer.PASSWORD);
            PlaywrightAssertions.assertThat(page.locator("h1")).containsText("Sample shop");
            allow(page);

            assertAt(page, "/me");
            assertThat(text(page, "h1")).isEqualTo("Alice Liddell");
            assertThat(text(page, "#email")).isEqualTo("alice@example.com");
            String first = freshToken(page);
            assertThat(freshToken(page)).isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoRefusesConsentOrCancelsIsBackWithAnError(boolean javaScript) {
        try (BrowserContext alice = person(javaScript)) {
            Page page = visit(alice);
            page.getByText("Sign in").click();
            page.locator("button[name=cancel]").click();
            assertAt(page, "/?error=access_denied");

            signIn(page, "alice", TestServer.PASSWORD);
            page.locator("button[value=deny]").click();
            assertAt(page, "/?error=access_denied");
            page.navigate(application.url() + "/me");
            assertAt(page, "/");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSilentSignInFailsBeforeTheLoginAndWorksAfterIt(boolean javaScript) {
        try (BrowserContext alice = person(javaScript)) {
            Page page = visit(alice);
            page.getByText("Am I?").click();
            assertAt(page, "/?error=login_required");

            signIn(page, "alice", TestServer.PASSWORD);
            PlaywrightAssertions.assertThat(page.locator("button[value=allow]")).isVisible();
            page.navigate(application.url() + "/");
            page.getByText("Am I?").click();
            assertAt(page, "/?error=consent_required");

            page.getByText("Sign in").click();
            allow(page);
            assertAt(page, "/me");
            page.navigate(application.url() + "/");
            page.getByText("Am I?").click();
            assertAt(page, "/me");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoBrowsersAreTwoPeople(boolean javaScript) {
        try (BrowserContext alice = person(javaScript);
                BrowserContext bob = person(javaScript)) {
            Page hers = visit(alice);
            Page his = visit(bob);
            signIn(hers, "alice", TestServer.PASSWORD);
            signIn(his, "bob", "bobs password is a long one");
            allow(hers);
            allow(his);

            assertThat(text(hers, "#email")).isEqualTo("alice@example.com");
            assertThat(text(his, "#email")).isEqualTo("bob@example.com");
            assertThat(text(hers, "#sub")).isNotEqualTo(text(his, "#sub"));
            hers.reload();
            assertThat(text(hers, "#email")).isEqualTo("alice@example.com");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSignsOutIsSignedOutEverywhereButInOtherBrowsers(boolean javaScript) {
        try (BrowserContext alice = person(javaScript);
                BrowserContext elsewhere = person(javaScript)) {
            Page page = visit(alice);
            Page other = visit(elsewhere);
            signIn(page, "alice", TestServer.PASSWORD);
            allow(page);
            assertAt(page, "/me");
            signIn(other, "alice", TestServer.PASSWORD);
            assertAt(other, "/me");

            page.getByText("Sign out").click();

            assertAt(page, "/");
            page.getByText("Am I?").click();
            assertAt(page, "/?error=login_required");
            other.reload();
            assertAt(other, "/me");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoSignsOutAtTheServerIsSignedOutAtTheApplication(boolean javaScript) {
        try (BrowserContext alice = person(javaScript)) {
            Page page = visit(alice);
            signIn(page, "alice", TestServer.PASSWORD);
            allow(page);
            assertAt(page, "/me");

            page.navigate(server.url() + "/logout");
            page.locator("button[value=yes]").click();

            Page me = alice.newPage();
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (!me.url().equals(application.url() + "/") && System.nanoTime() - end < 0) {
                me.navigate(application.url() + "/me"); // until the logout token is there
            }
            assertAt(me, "/");
        }
    }
}
