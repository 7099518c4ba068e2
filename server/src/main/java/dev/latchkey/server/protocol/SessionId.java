package dev.latchkey.server.protocol;

import java.util.Base64;

/**
 * The identifier of a session: the {@code sid} of tokens, and the first part of its refresh tokens.
 *
 * @param value 16 random bytes in base64url without padding: 22 characters
 */
public record SessionId(String value) {
    /** The length of the identifier in bytes. */
    public static final int BYTES = 16;

    private static final int CHARACTERS = 22;

    public SessionId {
        if (value.length() != CHARACTERS) {
            throw new IllegalArgumentException("a session id has 22 characters");
        }
    }

    public static SessionId of(byte[] bytes) {
        return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public byte[] bytes() {
        return Base64.getUrlDecoder().decode(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
