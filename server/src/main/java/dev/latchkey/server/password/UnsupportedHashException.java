package dev.latchkey.server.password;

/** A stored hash cannot be read, or checking it would cost too much. The message says why, and never holds the hash. */
public final class UnsupportedHashException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public UnsupportedHashException(String message) {
        super(message);
    }
}
