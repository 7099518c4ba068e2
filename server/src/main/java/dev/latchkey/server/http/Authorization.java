package dev.latchkey.server.http;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The credentials in the Authorization header of a request (RFC 9110 §11.6.2). */
public sealed interface Authorization {
    /** There is no such header. */
    record None() implements Authorization {}

    /**
     * User and password of the Basic scheme, which for a client are its id and its secret, form-decoded (RFC 6749 §2.3.1).
     */
    record Basic(String username, String password) implements Authorization {
        @Override
        public String toString() {
            return "Basic[" + username + "]";
        }
    }

    /** An access token, by whichever scheme. */
    sealed interface Token extends Authorization {
        String token();
    }

    /** A bearer token, with the syntax of one and otherwise unchecked (RFC 6750 §2.1). */
    record Bearer(String token) implements Token {
        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /** An access token that is bound to a key, with the syntax of one and otherwise unchecked (RFC 9449 §7.1). */
    record Dpop(String token) implements Token {
        @Override
        public String toString() {
            return "DPoP";
        }
    }

    /** Another scheme, its name in lower case. What follows it is left to the endpoint that knows the scheme. */
    record Other(String scheme, String credentials) implements Authorization {
        @Override
        public String toString() {
            return "Other[" + scheme + "]";
        }
    }

    /**
     * Reads the header.
     *
     * @throws OAuthException {@code invalid_request} if there are two such headers or a bad Basic one, {@code
     *     invalid_token} if an access token has characters that none has
     */
    static Authorization of(Headers headers) {
        List<String> values = headers.all(Headers.AUTHORIZATION);
        if (values.isEmpty()) {
            return new None();
        }
        if (values.size() > 1) {
            throw refused("There is more than one Authorization header");
        }
        String value = values.getFirst().strip();
        int space = value.indexOf(' ');
        String scheme = (space < 0 ? value : value.substring(0, space)).toLowerCase(Locale.ROOT);
        String credentials = space < 0 ? "" : value.substring(space).strip();
        return switch (scheme) {
            case "basic" -> basic(credentials);
            case "bearer" -> new Bearer(checked(credentials));
            case "dpop" -> new Dpop(checked(credentials));
            default -> new Other(scheme, credentials);
        };
    }

    private static String checked(String token) {
        int end = token.length();
        while (end > 0 && token.charAt(end - 1) == '=') {
            end--;
        }
        boolean valid = end > 0;
        for (int i = 0; valid && i < end; i++) {
            char c = token.charAt(i);
            valid = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~+/".indexOf(c) >= 0;
        }
        if (!valid) {
            throw new OAuthException(OAuthError.invalidToken()); // RFC 6750 §2.1: b64token; RFC 9449 §7.1: token68
        }
        return token;
    }

    private static Authorization basic(String credentials) {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw refused("The Basic credentials are not valid Base64");
        }
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            throw refused("The Basic credentials have no colon");
        }
        try {
            // RFC 6749 §2.3.1: both were form-encoded before they were put together
            return new Basic(
                    PercentEncoding.decodeForm(decoded, 0, colon),
                    PercentEncoding.decodeForm(decoded, colon + 1, decoded.length()));
        } catch (MalformedFormException e) {
            throw refused("The Basic credentials are not form-encoded: " + e.getMessage());
        }
    }

    private static OAuthException refused(String description) {
        return new OAuthException(OAuthError.invalidRequest(description));
    }
}
