package dev.latchkey.server.page;

import java.util.Objects;
import java.util.Optional;

/**
 * Whose pages these are.
 *
 * @param name of the product or organisation, in the title of every page
 * @param logo shown above the card instead of ours
 */
public record Theme(String name, Optional<Logo> logo, Accent accent) {
    /** As the pages look without settings. */
    public static final Theme LATCHKEY = new Theme("Latchkey", Optional.empty(), Accent.LATCHKEY);

    public Theme {
        Objects.requireNonNull(name);
        Objects.requireNonNull(logo);
        Objects.requireNonNull(accent);
    }

    /** The colours as CSS custom properties. */
    String css() {
        return ":root{" + shade(accent.light()) + "}@media (prefers-color-scheme:dark){:root{" + shade(accent.dark())
                + "}}";
    }

    private static String shade(String colour) {
        return "--accent:" + colour + ";--on-accent:" + Accent.textOn(colour);
    }
}
