package dev.latchkey.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.server.docs.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages in a real Chromium: for everybody, by keyboard, without JavaScript, within their own policy. */
class PageBrowserTest {
    private static final String VIOLATIONS = """
        async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
            .map(v => v.id + ": " + v.nodes.map(n => n.html).join(" "))
        """;

    @SuppressWarnings("NullAway.Init")
    private static Browser chromium;

    @BeforeAll
    static void open() {
        chromium = Browser.openOrSkip("PageBrowserTest");
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Shown tab(NewContextOptions options) {
        return new Shown(chromium.browser(), options);
    }

    @Test
    void everybodyCanUseEveryPageInLightAndDark() {
        String axe = axe();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Shown shown = tab(new NewContextOptions().setColorScheme(scheme))) {
                for (SamplePages.Sample sample : SamplePages.all()) {
                    if (sample.page() instanceof Page.FormPost) {
                        continue; // gone before anybody could look
                    }
                    com.microsoft.playwright.Page page = shown.show(sample.page(), "en");
                    Browser.picture(page, "pages/" + sample.name() + "-" + scheme);
                    page.evaluate(axe);
                    assertThat((List<?>) page.evaluate(VIOLATIONS))
                            .as("%s in %s", sample, scheme)
                            .isEmpty();
                }
                assertThat(shown.complaints()).isEmpty();
                assertThat(shown.sent()).as("fetched from elsewhere").isEmpty();
            }
        }
    }

    @Test
    void nothingIsWiderThanASmallPhone() {
        try (Shown shown = tab(new NewContextOptions().setViewportSize(320, 640))) {
            for (SamplePages.Sample sample : SamplePages.all()) {
                if (!(sample.page() instanceof Page.FormPost)) {
                    com.microsoft.playwright.Page page = shown.show(sample.page(), "de");
                    Browser.picture(page, "pages/" + sample.name() + "-phone");
                    assertThat(page.evaluate("document.documentElement.scrollWidth"))
                            .as(sample.name())
                            .isEqualTo(320);
                }
            }
        }
    }

    @Test
    void whatIsPressedIsLargeEnoughForAThumb() {
        try (Shown shown = tab(new NewContextOptions().setViewportSize(360, 640))) {
            for (SamplePages.Sample sample : SamplePages.all()) {
                if (!(sample.page() instanceof Page.FormPost)) {
                    Object small = shown.show(sample.page(), "en").evaluate("""
                        [...document.querySelectorAll("button, a, input:not([type=hidden])")]
                            .filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)
                        """);
                    assertThat((List<?>) small).as(sample.name()).isEmpty();
                }
            }
        }
    }

    @Test
    void theKeyboardIsEnoughToSignIn() {
        try (Shown shown = tab(new NewContextOptions())) {
            com.microsoft.playwright.Page page =
                    shown.show(SamplePages.login(Optional.of(SamplePages.PHOTOS), "", Optional.empty()), "en");
            assertThat(page.getByLabel("Username")).isFocused(); // it comes with the first drawing, after the load
            page.keyboard().type("alice");
            page.keyboard().press("Tab");
            page.keyboard().type("secret & more");
            page.keyboard().press("Enter");
            assertThat(page).hasTitle("elsewhere");
            assertThat(shown.sent())
                    .containsExactly("POST https://login.example/authorize/login?step=1 csrf=d41d8cd98f00b204"
                            + "&request=a+%22quoted%22+%3Cvalue%3E&username=alice&password=secret+%26+more");
            assertThat(shown.complaints()).isEmpty();
        }
    }

    @Test
    void buttonsSendWhatTheySay() {
        try (Shown shown = tab(new NewContextOptions())) {
            press(shown.show(SamplePages.login(Optional.of(SamplePages.PHOTOS), "", Optional.empty()), "en")
                    .getByText("Cancel"));
            press(shown.show(SamplePages.consent(), "de").getByText("Ablehnen"));
            press(shown.show(SamplePages.consent(), "en").getByText("Not you?"));
            press(shown.show(new Page.Account(SamplePages.account()), "en")
                    .getByLabel("Withdraw access of Photo Stream"));
            assertThat(shown.sent()).hasSize(4);
            assertThat(shown.sent().get(0)).endsWith("&username=&password=&cancel=1");
            assertThat(shown.sent().get(1)).endsWith("&decision=deny");
            assertThat(shown.sent().get(2)).endsWith("&decision=switch");
            assertThat(shown.sent().get(3))
                    .isEqualTo("POST https://login.example/account csrf=d41d8cd98f00b204&withdraw=photos");
        }
    }

    /** Returns when it was sent. */
    private static void press(Locator button) {
        button.click();
        assertThat(button.page()).hasTitle("elsewhere");
    }

    @Test
    void aFormPostSendsItselfOrIsSentByItsButton() { // OAuth 2.0 Form Post Response Mode §2
        Page post = new Page.FormPost("https://photos.example/callback", Map.of("code", "a b"));
        String expected = "POST https://photos.example/callback code=a+b";
        try (Shown shown = tab(new NewContextOptions())) {
            assertThat(shown.show(post, "en")).hasTitle("elsewhere");
            assertThat(shown.sent()).containsExactly(expected);
            assertThat(shown.complaints()).isEmpty();
        }
        try (Shown shown = tab(new NewContextOptions().setJavaScriptEnabled(false))) {
            press(shown.show(post, "en").getByText("Continue"));
            assertThat(shown.sent()).containsExactly(expected);
        }
    }

    @Test
    void applicationsAreToldInFramesBeforeThePageGoesOn() { // Front-Channel Logout §3
        Page signedOut = new Page.SignedOut(
                Optional.of(SamplePages.PHOTOS),
                Optional.of("https://photos.example/bye?state=1"),
                List.of("https://one.example/out?sid=1", "https://two.example/out"));
        try (Shown shown = tab(new NewContextOptions())) {
            assertThat(shown.show(signedOut, "en")).hasTitle("elsewhere");
            List<String> sent = new ArrayList<>(shown.sent());
            assertThat(sent.removeLast()).isEqualTo("GET https://photos.example/bye?state=1");
            assertThat(sent)
                    .containsExactlyInAnyOrder("GET https://one.example/out?sid=1", "GET https://two.example/out");
            assertThat(shown.complaints()).isEmpty();
        }
        try (Shown shown = tab(new NewContextOptions().setJavaScriptEnabled(false))) {
            assertThat(shown.show(signedOut, "en").getByText("Back to Photo Stream"))
                    .isVisible();
            assertThat(shown.sent()).hasSize(2);
        }
    }

    private static String axe() {
        try (InputStream in = PageBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new IllegalStateException("no axe.min.js on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
