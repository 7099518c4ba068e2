package dev.latchkey.server.page;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How an operator wants the pages.
 *
 * @param templates a folder whose templates and words come before our own
 */
public record PageSettings(Theme theme, Optional<Path> templates) {
    /** As the pages are without settings. */
    public static final PageSettings DEFAULT = new PageSettings(Theme.LATCHKEY, Optional.empty());

    public PageSettings {
        Objects.requireNonNull(theme);
        Objects.requireNonNull(templates);
    }
}
