package dev.latchkey.server.soak;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where clients wait while they know that there is no server, as a client's back-off does. */
final class Gate {
    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private volatile CountDownLatch opened = new CountDownLatch(0);

    /** Called by one thread only, as {@link #open} is. */
    void close() {
        opened = new CountDownLatch(1);
    }

    void open() {
        opened.countDown();
    }

    void await() {
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** After a failure, of which nobody knows yet whether it is an outage. */
    void backOff() {
        LockSupport.parkNanos(BACK_OFF_NANOS);
        await();
    }
}
