package dev.latchkey.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's templates in place of ours. */
class TemplateFolderTest {
    @TempDir
    private Path folder;

    private Pages pages() {
        return SamplePages.pages(new PageSettings(Theme.LATCHKEY, Optional.of(folder)));
    }

    private static String html(Pages pages, Page page) {
        return new String(pages.render(page, SamplePages.request()).body(), StandardCharsets.UTF_8);
    }

    @Test
    void oneTemplateIsReplacedAndTheOthersStay() throws IOException {
        Files.writeString(folder.resolve("logout.jte"), """
            @import dev.latchkey.server.page.*
            @param Frame frame
            @param Page.Logout page
            @template.layout(frame = frame, title = "Bye", content = @`<h1>Leaving, ${page.username().orElse("you")}?</h1>`)
            """);
        Pages pages = pages();
        Page logout = new Page.Logout(SamplePages.form(), Optional.empty(), Optional.of("<alice>"));
        assertThat(html(pages, logout))
                .contains("<h1>Leaving, &lt;alice&gt;?</h1>")
                .contains("<title>Bye · Latchkey");
        assertThat(html(pages, SamplePages.consent())).contains("Photo Stream asks for access");
    }

    @Test
    void oneThatDoesNotCompileRefusesToStartWithFileAndLine() throws IOException {
        Files.writeString(
                folder.resolve("login.jte"),
                "@param dev.latchkey.server.page.Frame frame\n<p>${frame.nothing()}</p>\n");
        assertThatThrownBy(this::pages)
                .isInstanceOf(PageSettingsException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("login.jte:2");
    }

    @Test
    void oneThatNoPageHasRefusesToStart() throws IOException {
        Files.writeString(folder.resolve("signin.jte"), "hello");
        assertThatThrownBy(this::pages)
                .hasMessageStartingWith(folder.resolve("signin.jte") + ": no page has a template of that name");
    }

    @Test
    void everyTemplateOfOursCanBeReplaced() throws IOException {
        Path ours = Path.of("src", "main", "resources", "dev", "latchkey", "server", "page", "template");
        try (Stream<Path> files = Files.list(ours)) {
            List<String> names = files.map(file -> file.getFileName().toString().replace(".jte", ""))
                    .toList();
            assertThat(names).containsExactlyInAnyOrderElementsOf(Templates.NAMES);
        }
    }
}
