package dev.latchkey.server.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the parameters of an authorization answer reach the client: {@code response_mode} (Multiple Response Types §2.1, Form
 * Post Response Mode §2).
 */
public enum ResponseMode {
    QUERY,
    FRAGMENT,
    FORM_POST;

    public static Optional<ResponseMode> named(String value) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(value))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
