package dev.latchkey.server.log;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes field values fit for a log: short, on one line, without characters that move a terminal's cursor or turn the text
 * around (log injection, OWASP ASVS 5.0 V16.4.1), and without what must never be logged, should it ever get here.
 */
public final class FieldText {
    static final int MAX_LENGTH = 200;
    private static final int MAX_READ = 2_000;

    private static final String HIDDEN = "[hidden]";
    private static final Set<String> SECRET_NAMES = Set.of(
            "password",
            "new_password",
            "client_secret",
            "secret",
            "token",
            "access_token",
            "refresh_token",
            "id_token",
            "code",
            "code_verifier",
            "client_assertion",
            "assertion",
            "authorization",
            "cookie",
            "private_key");
    /** A JWT, the credentials of an Authorization header, a form field or JSON member with a secret name. */
    private static final Pattern SECRET_VALUES = Pattern.compile(
            "eyJ[A-Za-z0-9_-]{5,}(\\.[A-Za-z0-9_-]*){1,4}|(?i)\\b(bearer|basic|dpop)\\s+[A-Za-z0-9._~+/=-]{8,}"
                + "|(?i)\\b(password|client_secret|secret|token|access_token|refresh_token|code)\"?\\s*[=:]\\s*\"?[^\\s\"&]+");

    private FieldText() {}

    /** The value of a field as it may be logged. */
    public static String of(String name, String value) {
        return SECRET_NAMES.contains(name.toLowerCase(Locale.ROOT)) ? HIDDEN : of(value);
    }

    static String of(String value) {
        String read = value.length() > MAX_READ ? value.substring(0, MAX_READ) : value;
        String hidden = SECRET_VALUES.matcher(read).replaceAll(HIDDEN);
        StringBuilder text = new StringBuilder(Math.min(hidden.length(), MAX_LENGTH) + 1);
        for (int i = 0; i < hidden.length(); ) {
            int c = hidden.codePointAt(i);
            i += Character.charCount(c);
            if (text.length() >= MAX_LENGTH) {
                return text.append('…').toString();
            }
            appendHarmless(text, c);
        }
        return value.length() > MAX_READ ? text.append('…').toString() : text.toString();
    }

    private static void appendHarmless(StringBuilder text, int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT, // among them those that turn the direction of text
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> text.append(String.format(Locale.ROOT, "\\u{%x}", c));
            default -> text.appendCodePoint(c);
        }
    }
}
