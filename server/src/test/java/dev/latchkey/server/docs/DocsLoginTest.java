package dev.latchkey.server.docs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.latchkey.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tutorials' readers do at {@code /docs}: log in by the form, then call {@code /users/me} with the token. */
class DocsLoginTest {
    @Test
    void theFormLogsInAndUsersMeAnswersThroughThePage() {
        try (Browser chromium = Browser.openOrSkip("DocsLoginTest");
                TestServer server = TestServer.start()) {
            Page page = chromium.browser().newPage();
            List<String> complaints = new ArrayList<>();
            page.onPageError(complaints::add);
            page.navigate(server.url() + "/docs");
            page.locator("button.authorize").first().click();
            Locator dialog = page.locator(".dialog-ux .modal-ux");
            dialog.locator("#oauth_username").fill("alice");
            dialog.locator("input[type=password]").first().fill(TestServer.PASSWORD);
            Browser.picture(page, "login-form");
            dialog.locator("button.authorize").first().click();
            assertThat(dialog.getByText("Logout").first()).isVisible();
            dialog.locator("button.btn-done").first().click();

            Locator operation = page.locator("#operations-User-currentUser");
            operation.locator(".opblock-summary-control").click();
            operation.locator("button.try-out__btn").click();
            operation.locator("button.execute").click();
            Locator answer = operation.locator(".live-responses-table").first();
            assertThat(answer).containsText("\"username\": \"alice\"");
            assertThat(answer).containsText("\"email\": \"alice@example.com\"");
            Browser.picture(page, "users-me-answered");

            page.locator("#tab-inspector").click();
            page.locator("#token").fill(server.login().text("access_token"));
            assertThat(page.locator("#verdict-title")).containsText("Signed by this server");
            Browser.picture(page, "inspector-of-a-login");
            assertThat(complaints).isEmpty();
        }
    }
}
