package dev.latchkey.server.authorize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the client wants the user asked: a value of {@code prompt} (OpenID Connect Core §3.1.2.1). */
public enum Prompt {
    NONE,
    LOGIN,
    CONSENT,
    SELECT_ACCOUNT;

    static Optional<Prompt> named(String value) {
        return Arrays.stream(values())
                .filter(prompt -> prompt.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
    }
}
