package dev.latchkey.server.protocol;

import java.security.SecureRandom;
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
        if (!isValid(value)) {
            throw new IllegalArgumentException("a session id has 22 characters");
        }
    }

    /** Whether a session could have this id: asked of texts from outside. */
    public static boolean isValid(String value) {
        return value.length() == CHARACTERS;
    }

    /** One for a new session. It never begins with a dash, so that commands do not take it for an option. */
    public static SessionId random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        SessionId id;
        do {
            random.nextBytes(bytes);
            id = of(bytes);
        } while (id.value().startsWith("-"));
        return id;
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
