package dev.latchkey.server.protocol;

/**
 * The store could not answer or could not make a change durable: locked, full, read-only, gone, or too far behind. At the
 * edge it becomes 503 with {@code Retry-After}, never an OAuth refusal.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }
}
