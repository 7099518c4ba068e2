package dev.latchkey.server.password;

/** The memory for one hash could not be had. */
final class HashMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HashMemoryException(String message) {
        super(message);
    }
}
