package dev.latchkey.server.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.page.PageSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look of the pages by settings. */
class PageKeysTest {
    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    @TempDir
    private Path folder;

    @Test
    void withoutSettingsThePagesAreOurs() {
        assertThat(Yaml.accepted("").pages()).isEqualTo(PageSettings.DEFAULT);
    }

    @Test
    void nameLogoColourAndTemplates() throws IOException {
        Path logo = Files.writeString(folder.resolve("logo"), SVG);
        PageSettings pages = Yaml.accepted(
                        "pages: {name: Wonderland, accent: '#7a1fa2', logo: " + logo + ", templates: " + folder + "}")
                .pages();
        assertThat(pages.theme().name()).isEqualTo("Wonderland");
        assertThat(pages.theme().accent().light()).isEqualTo("#7a1fa2");
        assertThat(pages.theme().logo().orElseThrow().dataUri())
                .isEqualTo("data:image/svg+xml;base64,"
                        + Base64.getEncoder().encodeToString(SVG.getBytes(StandardCharsets.UTF_8)));
        assertThat(pages.templates()).isEqualTo(Optional.of(folder));
    }

    @Test
    void whatCannotBeShownRefusesToStart() throws IOException {
        Path large =
                Files.write(folder.resolve("large.svg"), (SVG + " ".repeat(65_536)).getBytes(StandardCharsets.UTF_8));
        Path text = Files.writeString(folder.resolve("logo.png"), "not a picture");
        String refused = "latchkey.yaml:1: pages.logo: is not a PNG, SVG or JPEG of up to 64 KiB";
        assertThat(Yaml.problems("pages: {logo: " + large + "}")).containsExactly(refused);
        assertThat(Yaml.problems("pages: {logo: " + text + "}")).containsExactly(refused);
        assertThat(Yaml.problems("pages: {logo: " + folder.resolve("none") + "}"))
                .containsExactly("latchkey.yaml:1: pages.logo: cannot be read");
        assertThat(Yaml.problems("pages: {templates: " + folder.resolve("none") + "}"))
                .containsExactly("latchkey.yaml:1: pages.templates: there is no such folder");
        assertThat(Yaml.problems("pages: {accent: teal}"))
                .containsExactly("latchkey.yaml:1: pages.accent: has to be a colour such as #0f766e, not \"teal\"");
        assertThat(Yaml.problems("pages: {name: " + "x".repeat(61) + "}")).hasSize(1);
    }
}
