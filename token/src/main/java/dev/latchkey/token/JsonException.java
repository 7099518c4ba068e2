package dev.latchkey.token;

/**
 * Text that is not the JSON it should be, or a value that JSON cannot carry.
 *
 * <p>The message says what is wrong and where, never what the text was: it may have held a key.
 */
public final class JsonException extends IllegalArgumentException {
    JsonException(String message) {
        super(message);
    }
}
