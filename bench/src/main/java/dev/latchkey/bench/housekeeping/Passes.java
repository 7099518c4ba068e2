package dev.latchkey.bench.housekeeping;

import dev.latchkey.server.Housekeeping;
import dev.latchkey.server.Stores;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.sql.Database;
import java.time.Duration;
import java.time.InstantSource;

/** The server's own housekeeping, pass after pass on a thread of its own, and what its batches came to. */
final class Passes implements AutoCloseable {
    private final Housekeeping housekeeping;
    private final Duration period;
    private final Thread thread;
    private Totals totals = Totals.NONE;
    private volatile boolean running;
    private volatile boolean paused;
    private volatile boolean closed;

    Passes(Database database, Housekeeping.Kept kept, Duration period) {
        this.housekeeping =
                new Housekeeping(Stores.of(new TimedDatabase(database, this::removed)), kept, InstantSource.system());
        this.period = period;
        this.thread = Thread.ofPlatform().name("housekeeping").unstarted(this::repeat);
    }

    /**
     * What passes came to since it was last asked.
     *
     * @param rows removed
     * @param batches that removed anything
     * @param longest of them
     * @param busy how long passes ran, with what they looked for in vain
     */
    record Totals(long rows, long batches, Duration longest, Duration busy) {
        static final Totals NONE = new Totals(0, 0, Duration.ZERO, Duration.ZERO);

        double rowsPerBusySecond() {
            return rows * 1e9 / Math.max(1, busy.toNanos());
        }
    }

    Passes start() {
        thread.start();
        return this;
    }

    void pause(boolean whether) {
        paused = whether;
    }

    /** Whether one runs at this moment. */
    boolean isRunning() {
        return running;
    }

    synchronized Totals taken() {
        Totals taken = totals;
        totals = Totals.NONE;
        return taken;
    }

    private synchronized void removed(int rows, Duration time) {
        Duration longest = time.compareTo(totals.longest) > 0 ? time : totals.longest;
        totals = new Totals(totals.rows + rows, totals.batches + 1, longest, totals.busy);
    }

    private synchronized void ran(Duration time) {
        totals = new Totals(totals.rows, totals.batches, totals.longest, totals.busy.plus(time));
    }

    /** Runs one pass here and now; gives how many rows it removed. */
    long pass() {
        long before = rows();
        long start = System.nanoTime();
        running = true;
        try {
            housekeeping.run();
        } finally {
            running = false;
            ran(Duration.ofNanos(System.nanoTime() - start));
        }
        return rows() - before;
    }

    private synchronized long rows() {
        return totals.rows;
    }

    private void repeat() {
        try {
            while (!closed) {
                Thread.sleep(period);
                if (!paused) {
                    passUnlessAway();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As the server's timer does: a pass that failed is tried again at its next time. */
    private void passUnlessAway() {
        try {
            pass();
        } catch (StoreUnavailableException e) {
            System.err.println("a pass failed: " + e);
        }
    }

    @Override
    public void close() {
        closed = true;
        SteadyLoad.await(thread);
    }
}
