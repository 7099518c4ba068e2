package dev.latchkey.server.sql;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the embedded database is opened.
 *
 * @param file the database; SQLite keeps two more beside it while it is open. Of a database in memory only the name
 * @param durable false leaves out every fsync, for tests
 * @param readers how many read at once
 * @param maxWaiting how many units of work may wait; the next one is refused at once
 * @param maxBatch how many are committed together at most
 * @param patience how long a caller waits for its work to start, or for a read
 * @param busyTimeout how long a lock held by another process is waited for
 * @param idleCheck how often a writer without work looks for changes by other processes
 */
public record SqliteSettings(
        Path file,
        boolean durable,
        int readers,
        int maxWaiting,
        int maxBatch,
        Duration patience,
        Duration busyTimeout,
        Duration idleCheck)
        implements StoreSettings {
    private static final Duration UPKEEP_PATIENCE = Duration.ofSeconds(30);

    public SqliteSettings {
        file = file.toAbsolutePath().normalize();
        if (file.toString().contains("?")) {
            throw new IllegalArgumentException("a database file cannot have a ? in its path");
        }
        if (readers < 1 || maxWaiting < 1 || maxBatch < 1) {
            throw new IllegalArgumentException("readers, maxWaiting and maxBatch are at least 1");
        }
        if (patience.isNegative() || patience.isZero() || busyTimeout.isNegative() || !idleCheck.isPositive()) {
            throw new IllegalArgumentException("patience, busyTimeout and idleCheck are not negative");
        }
    }

    /** The settings that a server runs with. */
    public static SqliteSettings of(Path file) {
        return new SqliteSettings(
                file, true, 4, 10_000, 512, Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofMillis(100));
    }

    @Override
    public SqliteSettings patient() {
        return new SqliteSettings(
                file, durable, readers, maxWaiting, maxBatch, UPKEEP_PATIENCE, UPKEEP_PATIENCE, idleCheck);
    }

    public SqliteSettings withoutDurability() {
        return new SqliteSettings(file, false, readers, maxWaiting, maxBatch, patience, busyTimeout, idleCheck);
    }

    public SqliteSettings withReaders(int number) {
        return new SqliteSettings(file, durable, number, maxWaiting, maxBatch, patience, busyTimeout, idleCheck);
    }

    public SqliteSettings withMaxWaiting(int number) {
        return new SqliteSettings(file, durable, readers, number, maxBatch, patience, busyTimeout, idleCheck);
    }

    public SqliteSettings withPatience(Duration forStart, Duration forLock) {
        return new SqliteSettings(file, durable, readers, maxWaiting, maxBatch, forStart, forLock, idleCheck);
    }

    public SqliteSettings withIdleCheck(Duration period) {
        return new SqliteSettings(file, durable, readers, maxWaiting, maxBatch, patience, busyTimeout, period);
    }
}
