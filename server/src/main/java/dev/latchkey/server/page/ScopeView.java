package dev.latchkey.server.page;

import java.util.Objects;

/**
 * A scope as pages show it.
 *
 * @param name as it stands in requests
 * @param description what it allows, in words; empty for the words that {@link ScopeWords} has for it
 * @param alreadyGranted whether the user has allowed it before
 */
public record ScopeView(String name, String description, boolean alreadyGranted) {
    public ScopeView {
        Objects.requireNonNull(name);
        Objects.requireNonNull(description);
    }
}
