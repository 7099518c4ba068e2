package dev.latchkey.guard;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The credentials in the Authorization header of a request (RFC 9110 §11.6.2). */
sealed interface Credentials {
    /** There is no such header, or one of a scheme that is not known here. */
    record None() implements Credentials {}

    /** An access token with the syntax of one and otherwise unchecked (RFC 6750 §2.1, RFC 9449 §7.1). */
    record Token(TokenScheme scheme, String text) implements Credentials {
        @Override
        public String toString() {
            return scheme.name();
        }
    }

    /** Name and password (RFC 7617). */
    record Basic(String username, String password) implements Credentials {
        @Override
        public String toString() {
            return "Basic[" + username + "]";
        }
    }

    /** The scheme that an access token was sent under. */
    enum TokenScheme {
        BEARER,
        DPOP
    }

    /**
     * Reads the header.
     *
     * @throws RefusedException {@code invalid_request} where it is there twice or is malformed
     */
    static Credentials of(GuardRequest request, Challenges challenges) {
        List<String> values = request.headers("Authorization");
        if (values.isEmpty()) {
            return new None();
        }
        if (values.size() > 1) {
            throw challenges.invalidRequest("There is more than one Authorization header");
        }
        String value = trimmed(values.get(0));
        int space = value.indexOf(' ');
        String scheme = space < 0 ? value : value.substring(0, space);
        String rest = space < 0 ? "" : trimmed(value.substring(space + 1));
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> new Token(TokenScheme.BEARER, token(rest, challenges));
            case "dpop" -> new Token(TokenScheme.DPOP, token(rest, challenges));
            case "basic" -> basic(rest, challenges);
            default -> new None();
        };
    }

    /** Without the white space of a header field, which is less than Java's (RFC 9110 §5.5). */
    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static String token(String text, Challenges challenges) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        boolean valid = end > 0;
        for (int i = 0; valid && i < end; i++) {
            char c = text.charAt(i);
            valid = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~+/".indexOf(c) >= 0;
        }
        if (!valid) {
            throw challenges.invalidToken("The access token is malformed"); // RFC 6750 §2.1: b64token
        }
        return text;
    }

    private static Credentials basic(String text, Challenges challenges) {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw challenges.invalidRequest("The Basic credentials are not valid Base64");
        }
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            throw challenges.invalidRequest("The Basic credentials have no colon"); // RFC 7617 §2
        }
        return new Basic(decoded.substring(0, colon), decoded.substring(colon + 1));
    }
}
