package dev.latchkey.server.sql;

import java.time.Duration;
import java.util.function.Supplier;

/** Is told of every commit, for metrics. Called by the thread that writes: it must be quick. */
@FunctionalInterface
public interface StoreListener {
    /** Listens to nothing. */
    StoreListener NONE = batch -> {};

    void batchEnded(Batch batch);

    /** A unit of work is run again, because another one was in its way. */
    default void workRepeated() {}

    /**
     * The database is not there when it is opened, and is waited for.
     *
     * @param reason why, for whoever runs the server
     * @param patience after how long it is given up
     */
    default void awaited(String reason, Duration patience) {}

    /**
     * There are connections to a database now.
     *
     * @param name of the pool: {@code store}, or {@code replica}
     * @param use how they are used at the moment
     */
    default void poolOpened(String name, Supplier<PoolUse> use) {}

    /**
     * Connections of a pool.
     *
     * @param active lent to somebody
     * @param idle open, and free
     * @param waiting callers that wait for one
     */
    record PoolUse(int active, int idle, int waiting) {}

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
