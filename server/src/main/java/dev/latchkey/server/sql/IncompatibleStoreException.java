package dev.latchkey.server.sql;

/** The database cannot be used by this version; the message tells the operator why. Refuses the start. */
public final class IncompatibleStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompatibleStoreException(String message) {
        super(message);
    }
}
