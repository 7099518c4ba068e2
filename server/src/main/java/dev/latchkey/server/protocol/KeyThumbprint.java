package dev.latchkey.server.protocol;

import java.util.regex.Pattern;

/**
 * The SHA-256 thumbprint of a public key (RFC 7638), by which something is bound to it: {@code jkt} (RFC 9449 §6.1).
 *
 * @param value 32 bytes in base64url
 */
public record KeyThumbprint(String value) {
    private static final Pattern SHA_256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    public KeyThumbprint {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a SHA-256 in base64url");
        }
    }

    /** Whether it could be one: asked of requests before one is made of their text. */
    public static boolean isValid(String value) {
        return SHA_256.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
