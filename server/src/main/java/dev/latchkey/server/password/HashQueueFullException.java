package dev.latchkey.server.password;

import java.time.Duration;

/** A hash was not begun because too many wait already. Nothing is known of the password; answer 503 with Retry-After. */
public final class HashQueueFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    HashQueueFullException(Duration retryAfter) {
        super("too many passwords wait to be hashed");
        this.retryAfter = retryAfter;
    }

    /** When the queue may have emptied: whole seconds, at least one. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
