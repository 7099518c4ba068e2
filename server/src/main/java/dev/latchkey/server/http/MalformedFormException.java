package dev.latchkey.server.http;

/** Text that is not {@code application/x-www-form-urlencoded}; the message says why and repeats nothing of the text. */
final class MalformedFormException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedFormException(String message) {
        super(message, null, false, false);
    }
}
