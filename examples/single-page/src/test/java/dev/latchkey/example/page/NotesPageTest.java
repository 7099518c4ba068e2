package dev.latchkey.example.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.latchkey.testkit.LatchkeyServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page as its users see it, in a browser that has not been here before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotesPageTest {
    private static final Map<String, String> PASSWORDS =
            Map.of("alice", "correct horse battery staple", "bob", "another battery horse staple");

    private final List<String> complaints = new ArrayList<>();
    private Chromium chromium;
    private NotesApplication application;
    private LatchkeyServer latchkey;
    private BrowserContext visit;
    private Page page;

    @BeforeAll
    void start() {
        chromium = Chromium.openOrSkip();
        application = new NotesApplication();
        latchkey = application.latchkey();
    }

    @AfterAll
    void stop() {
        if (application != null) {
            application.close();
            chromium.close();
        }
    }

    @BeforeEach
    void visit() {
        visit = chromium.browser().newContext();
        page = visit.newPage();
        page.onPageError(complaints::add);
        page.navigate(application.url());
    }

    @AfterEach
    void leave() {
        visit.close();
        latchkey.recover();
        assertThat(complaints).isEmpty();
    }

    private void signIn(String user) {
        page.locator("#sign-in").click();
        page.locator("#username").fill(user);
        page.locator("#password").fill(PASSWORDS.get(user));
        page.locator("button.primary").click();
        page.locator("button[value=allow]").click();
        assertThat(page.locator("#notes")).isVisible();
    }

    private void write(String note) {
        page.locator("#text").fill(note);
        page.locator("#add button").click();
        assertThat(page.locator("#list")).containsText(note);
    }

    @Test
    void whoSignsInWritesNotes() {
        signIn("alice");

        assertThat(page.locator("#who")).hasText("Alice Liddell");
        write("<b>milk</b>");
        page.locator("#statistics").click();
        assertThat(page.locator("#message")).hasText(Pattern.compile("\\d notes of \\d users"));
    }

    @Test
    void whatIsDoneAtOnceCountsHoweverSlowTheApiIs() {
        page.addInitScript("""
            const real = window.fetch;
            window.fetch = async (...request) => {
              const response = await real(...request);
              await new Promise((done) => setTimeout(done, String(request[0]).endsWith("api/notes") ? 1000 : 0));
              return response;
            };
            """);
        signIn("alice");

        write("bread");
    }

    @Test
    void noCodeStaysInTheAddressAndNoTokenInTheBrowser() {
        signIn("alice");

        assertThat(page.url()).isEqualTo(application.url() + "/");
        assertThat(page.evaluate("JSON.stringify({...localStorage, ...sessionStorage}) + document.cookie"))
                .isEqualTo("{}");
        page.reload();
        assertThat(page.locator("#sign-in")).isVisible();
    }

    @Test
    void refusalsAreShownAsTheApiWordsThem() {
        signIn("bob");

        page.locator("#statistics").click();
        assertThat(page.locator("#message")).containsText("403: ");
        page.locator("#without-token").click();
        assertThat(page.locator("#message")).hasText("401: Not authenticated");
    }

    @Test
    void anExpiredTokenIsRefreshedOnTheWay() {
        signIn("bob");
        latchkey.clock().advance(Duration.ofMinutes(2));

        write("still here");
        latchkey.clock().advance(Duration.ofMinutes(2));
        write("and again");
    }

    @Test
    void aLoginThatWasRevokedElsewhereEndsHere() {
        signIn("bob");
        latchkey.revokeAll("bob");
        latchkey.clock().advance(Duration.ofMinutes(2));

        page.locator("#text").fill("too late");
        page.locator("#add button").click();
        assertThat(page.locator("#message")).hasText("You have been signed out");
        assertThat(page.locator("#sign-in")).isVisible();
        assertThat(page.locator("#notes")).isHidden();
    }

    @Test
    void whoSignsOutHasToSignInAgainByPassword() {
        signIn("alice");
        page.locator("#sign-out").click();

        assertThat(page.locator("#sign-in")).isVisible();
        page.locator("#sign-in").click();
        assertThat(page.locator("#password")).isVisible();
    }

    @Test
    void theAnswerToAnotherSignInIsNotTaken() {
        page.locator("#sign-in").click();
        assertThat(page.locator("#password")).isVisible();
        page.navigate(application.url() + "/?code=stolen&state=another&iss=" + latchkey.issuer());

        assertThat(page.locator("#message")).hasText("This is the answer to another sign-in");
        assertThat(page.locator("#sign-in")).isVisible();
    }
}
