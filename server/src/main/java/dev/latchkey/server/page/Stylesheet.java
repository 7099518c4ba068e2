package dev.latchkey.server.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The style sheet of all pages in the colours of a theme. Read when first asked for; safe for many threads. */
final class Stylesheet {
    private static final String KEY = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="{accent}"/>\
        <g fill="none" stroke="{on-accent}" stroke-width="2" stroke-linecap="round"><circle cx="9" cy="9" r="3.6"/>\
        <path d="m11.6 11.6 6 6m-2.6-2.6 2-2"/></g></svg>\
        """;

    private final Theme theme;
    private volatile @Nullable String css;

    Stylesheet(Theme theme) {
        this.theme = theme;
    }

    String css() {
        String known = css;
        if (known == null) {
            known = theme.css() + read();
            css = known;
        }
        return known;
    }

    /** The logo, or a key in the accent colour. */
    String icon() {
        return theme.logo()
                .map(Logo::dataUri)
                .orElseGet(() -> Logo.of(KEY.replace("{accent}", theme.accent().light())
                                .replace(
                                        "{on-accent}",
                                        Accent.textOn(theme.accent().light()))
                                .getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()
                        .dataUri());
    }

    /** Without what is for its readers only: it is part of every page. */
    private static String read() {
        try (var in = Stylesheet.class.getResourceAsStream("page.css")) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: page.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("/\\*[^*]*\\*/", "")
                    .replaceAll("\\s+", " ")
                    .replaceAll(" ?([{};,]) ?", "$1")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
