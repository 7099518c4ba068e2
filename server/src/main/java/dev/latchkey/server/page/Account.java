package dev.latchkey.server.page;

import java.util.Objects;
import java.util.Optional;

/**
 * An account to choose.
 *
 * @param key what the form sends for it: a key of the browser session, never a user id
 * @param name of the person, or empty
 * @param picture where it says its picture is; never shown, because it would be fetched from elsewhere
 */
public record Account(String key, String name, String username, Optional<String> picture) {
    public Account {
        Objects.requireNonNull(key);
        Objects.requireNonNull(name);
        Objects.requireNonNull(username);
        Objects.requireNonNull(picture);
    }
}
