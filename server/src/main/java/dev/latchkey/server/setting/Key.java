package dev.latchkey.server.setting;

import java.util.Locale;
import java.util.Optional;

/**
 * A key of the configuration: its name, type, default and meaning. The reference page has one row for each.
 *
 * @param name in dotted form from the top of the file, or within a user or client
 * @param fallback the default as it would be written, if there is one
 * @param note what the reference page says instead of a default
 * @param secret whether its value is kept out of messages
 */
record Key<T>(String name, Type<T> type, String meaning, Optional<String> fallback, String note, boolean secret) {
    static <T> Key<T> of(String name, Type<T> type, String meaning) {
        return new Key<>(name, type, meaning, Optional.empty(), "", false);
    }

    Key<T> or(String fallbackText) {
        return new Key<>(name, type, meaning, Optional.of(fallbackText), note, secret);
    }

    /** Without a default of its own: the words say what holds where the key is absent. */
    Key<T> absent(String words) {
        return new Key<>(name, type, meaning, fallback, words, secret);
    }

    Key<T> hidden() {
        return new Key<>(name, type, meaning, fallback, note, true);
    }

    /** {@code LATCHKEY_TOKENS_ACCESS_LIFETIME} for {@code tokens.access-lifetime}. */
    String variable() {
        return "LATCHKEY_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
