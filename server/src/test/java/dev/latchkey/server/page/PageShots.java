package dev.latchkey.server.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.latchkey.server.docs.Browser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Takes pictures of every page for people to look at: {@code target/screenshots/pages}. */
final class PageShots {
    private static final Path FOLDER = Path.of("target", "screenshots", "pages");

    private PageShots() {}

    private record Look(String name, int width, ColorScheme scheme, String language) {}

    private static final List<Look> LOOKS = List.of(
            new Look("light", 1000, ColorScheme.LIGHT, "en"),
            new Look("dark", 1000, ColorScheme.DARK, "en"),
            new Look("phone", 360, ColorScheme.LIGHT, "en"),
            new Look("german", 360, ColorScheme.DARK, "de"));

    static void take(Browser chromium) {
        for (Look look : LOOKS) {
            try (BrowserContext context = chromium.browser()
                    .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                            .setViewportSize(look.width(), 720)
                            .setColorScheme(look.scheme()))) {
                Page page = context.newPage();
                SamplePages.all().forEach(sample -> take(page, sample, look));
            }
        }
    }

    private static void take(Page page, SamplePages.Sample sample, Look look) {
        var response =
                SamplePages.pages().render(sample.page(), SamplePages.request("accept-language", look.language()));
        String html = new String(response.body(), StandardCharsets.UTF_8);
        page.setContent(html.replace("HTMLFormElement.prototype.submit.call(document.forms[0]);", ""));
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(FOLDER.resolve(sample.name() + "-" + look.name() + ".png")));
    }
}
