package dev.latchkey.server.setting;

import dev.latchkey.server.page.Accent;
import dev.latchkey.server.page.Logo;
import dev.latchkey.server.page.PageSettings;
import dev.latchkey.server.page.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The keys under {@code pages}. */
final class PageKeys {
    private static final int MAX_NAME = 60;

    static final Key<String> NAME = Key.of(
                    "pages.name",
                    Types.text(
                            "text, up to " + MAX_NAME + " characters",
                            "text of up to " + MAX_NAME + " characters",
                            PageKeys::isName),
                    "Whose pages these are: above each page and in its title")
            .or("Latchkey");
    static final Key<String> LOGO = Key.of(
                    "pages.logo",
                    Types.text("file", "the path of a file", GeneralKeys::isPath),
                    "A PNG, SVG or JPEG of up to 64 KiB instead of key and name; it should be readable on white and on"
                            + " dark grey")
            .absent("a key");
    static final Key<Accent> ACCENT = Key.of(
                    "pages.accent",
                    new ScalarType<>("colour", "a colour such as #0f766e", Accent::parse),
                    "The colour of buttons and links, lightened or darkened as far as it takes to be read")
            .absent("`#0f766e`");
    static final Key<String> TEMPLATES = Key.of(
                    "pages.templates",
                    Types.text("folder", "the path of a folder", GeneralKeys::isPath),
                    "A folder whose templates (`login.jte` …) and words (`messages_fr.properties` …) come before those"
                            + " of the server; compiled at start, which takes a JDK and some seconds")
            .absent("none");

    static final List<Key<?>> ALL = List.of(NAME, LOGO, ACCENT, TEMPLATES);

    private PageKeys() {}

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME && text.codePoints().noneMatch(Character::isISOControl);
    }

    static PageSettings read(Section section) {
        Theme theme =
                new Theme(section.get(NAME), logo(section), section.find(ACCENT).orElse(Accent.LATCHKEY));
        Optional<Path> templates = section.find(TEMPLATES).map(Path::of);
        if (templates.filter(folder -> !Files.isDirectory(folder)).isPresent()) {
            section.refuse(TEMPLATES, "there is no such folder");
        }
        return new PageSettings(theme, templates);
    }

    private static Optional<Logo> logo(Section section) {
        Optional<Path> file = section.find(LOGO).map(Path::of);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file.get())) {
            Optional<Logo> logo = Logo.of(in.readNBytes(Logo.MAX_BYTES + 1));
            if (logo.isEmpty()) {
                section.refuse(LOGO, "is not a PNG, SVG or JPEG of up to 64 KiB");
            }
            return logo;
        } catch (IOException e) {
            section.refuse(LOGO, "cannot be read");
            return Optional.empty();
        }
    }
}
