package dev.latchkey.server.sql;

/** What was asked for cannot be done to a store as a whole; the message tells the operator why. Nothing was changed. */
public final class UpkeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for the operator. */
    public UpkeepException(String message) {
        super(message);
    }

    UpkeepException(String message, Throwable cause) {
        super(message, cause);
    }
}
