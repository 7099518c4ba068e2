package dev.latchkey.server.outbound;

import java.time.Duration;

/** The end of the time that one exchange has, all its steps together. */
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** At least one, so that it can be given to what takes 0 for no limit. */
    int remainingMillis() {
        return Math.clamp((nanoTime - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
    }

    boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
