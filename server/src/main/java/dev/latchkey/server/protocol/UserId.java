package dev.latchkey.server.protocol;

/**
 * The identifier of a user, never given to another one: the {@code sub} of tokens (OpenID Connect Core §2).
 *
 * @param value 1 to 255 ASCII characters
 */
public record UserId(String value) {
    private static final int MAX_LENGTH = 255;

    public UserId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c >= 0x21 && c <= 0x7e)) {
            throw new IllegalArgumentException("a subject has 1 to 255 visible ASCII characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
