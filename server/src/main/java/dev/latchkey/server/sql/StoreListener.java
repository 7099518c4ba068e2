package dev.latchkey.server.sql;

import java.time.Duration;

/** Is told of every commit, for metrics. Called by the writer thread: it must be quick. */
@FunctionalInterface
public interface StoreListener {
    /** Listens to nothing. */
    StoreListener NONE = batch -> {};

    void batchEnded(Batch batch);

    /**
     * Units of work that were committed together.
     *
     * @param size how many
     * @param longestWait how long the one that waited longest had waited when its work started
     * @param work from the first that started to the last that ended
     * @param commit what making them durable took
     * @param stored false when all of them were refused
     */
    record Batch(int size, Duration longestWait, Duration work, Duration commit, boolean stored) {}
}
