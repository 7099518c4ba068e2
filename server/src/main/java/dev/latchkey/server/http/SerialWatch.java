package dev.latchkey.server.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Watches a connection of HTTP/1.1, which does one thing at a time on one thread. */
final class SerialWatch implements ConnectionWatch {
    private static final long NONE = 0;

    private final long requestNanos;
    private final long idleNanos;
    private final AtomicLong deadline = new AtomicLong(NONE);
    private boolean requestBegun;

    SerialWatch(Duration requestTimeout, Duration idleTimeout) {
        this.requestNanos = requestTimeout.toNanos();
        this.idleNanos = idleTimeout.toNanos();
    }

    @Override
    public void beforeRead() {
        if (!requestBegun) {
            set(idleNanos);
        }
    }

    @Override
    public void afterRead() {
        if (!requestBegun) {
            requestBegun = true;
            set(requestNanos);
        }
    }

    @Override
    public void requestBegins() {}

    @Override
    public void requestIsRead() {
        requestBegun = false;
        deadline.setRelease(NONE);
    }

    @Override
    public void answerBegins() {}

    @Override
    public void requestEnds() {}

    @Override
    public void beforeWrite() {
        set(requestNanos);
    }

    @Override
    public void afterWrite() {
        deadline.setRelease(NONE);
    }

    @Override
    public boolean isOverdue() {
        long until = deadline.getAcquire();
        return until != NONE && System.nanoTime() - until > 0;
    }

    @Override
    public void connectionEnds() {} // its one thread has just said so

    @Override
    public boolean isEnded() {
        return false;
    }

    private void set(long nanos) {
        long until = System.nanoTime() + nanos;
        deadline.setRelease(until == NONE ? 1 : until);
    }
}
