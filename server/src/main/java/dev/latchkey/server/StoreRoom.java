package dev.latchkey.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many issuers of a process hold a store at once: from when one begins to be opened until its store has been let go of,
 * however long that takes. More than are kept open, so that one can be opened while others are closed for it. Safe for use by
 * many threads.
 */
final class StoreRoom {
    private static final int LEAST_SPARE = 8;
    /** For each so many that are kept open, one more can be on its way in or out. */
    private static final int SPARE = 4;

    private final int size;
    private final Duration patience;
    private final Semaphore free;

    /**
     * Room for so many that are open.
     *
     * @param patience how long room is waited for where there is none
     */
    StoreRoom(int open, Duration patience) {
        this.size = open + Math.max(LEAST_SPARE, open / SPARE);
        this.patience = patience;
        this.free = new Semaphore(size);
    }

    /** How many hold a store at most. */
    int size() {
        return size;
    }

    /**
     * Takes room for one, which has to be given back.
     *
     * @param makeRoom is run where there is none, before it is waited for
     * @return false where there is none in time
     */
    boolean take(Runnable makeRoom) {
        if (free.tryAcquire()) {
            return true;
        }
        makeRoom.run();
        try {
            return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void giveBack() {
        free.release();
    }
}
