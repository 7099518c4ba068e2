package dev.latchkey.server.protocol;

import java.util.Base64;

/**
 * The identifier of a browser session: no secret, the browser's cookie is another value.
 *
 * @param value 16 random bytes in base64url without padding
 */
public record BrowserSessionId(String value) {
    /** The length of the identifier in bytes. */
    public static final int BYTES = 16;

    public BrowserSessionId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not the id of a browser session");
        }
    }

    /** Whether a browser session could have this id: asked of texts from outside. */
    public static boolean isValid(String value) {
        return !value.isEmpty() && value.length() <= 64;
    }

    public static BrowserSessionId of(byte[] bytes) {
        return new BrowserSessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return value;
    }
}
