package dev.latchkey.server.protocol;

/**
 * The identifier of a client (RFC 6749 §2.2).
 *
 * @param value 1 to 255 characters of visible ASCII or space (RFC 6749 appendix A.1)
 */
public record ClientId(String value) {
    private static final int MAX_LENGTH = 255;

    public ClientId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a client_id has 1 to 255 printable ASCII characters");
        }
    }

    /** Whether a client could have this identifier: asked of requests before one is made of their text. */
    public static boolean isValid(String value) {
        return !value.isEmpty() && value.length() <= MAX_LENGTH && value.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    }

    @Override
    public String toString() {
        return value;
    }
}
