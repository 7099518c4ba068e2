package dev.latchkey.server.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Until when a connection has to make progress: an idle one to send its next request, a request to arrive whole, however
 * slowly its bytes drip, an answer to be taken. While a handler works there is no limit. Written by the thread of the
 * connection, read by the one that closes overdue connections.
 */
final class ConnectionWatch {
    private static final long NONE = 0;

    private final long requestNanos;
    private final long idleNanos;
    private final AtomicLong deadline = new AtomicLong(NONE);
    private boolean requestBegun;

    ConnectionWatch(Duration requestTimeout, Duration idleTimeout) {
        this.requestNanos = requestTimeout.toNanos();
        this.idleNanos = idleTimeout.toNanos();
    }

    void beforeRead() {
        if (!requestBegun) {
            set(idleNanos);
        }
    }

    void afterRead() {
        if (!requestBegun) {
            requestBegun = true;
            set(requestNanos);
        }
    }

    void requestIsRead() {
        requestBegun = false;
        deadline.setRelease(NONE);
    }

    void beforeWrite() {
        set(requestNanos);
    }

    void afterWrite() {
        deadline.setRelease(NONE);
    }

    boolean isOverdue() {
        long until = deadline.getAcquire();
        return until != NONE && System.nanoTime() - until > 0;
    }

    private void set(long nanos) {
        long until = System.nanoTime() + nanos;
        deadline.setRelease(until == NONE ? 1 : until);
    }
}
