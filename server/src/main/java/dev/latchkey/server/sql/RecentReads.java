package dev.latchkey.server.sql;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Rows that very many requests need at the same time: those of one millisecond share one read.
 *
 * <p>A commit of this process ends the sharing before its caller is answered, so nobody sees less than was committed when
 * they asked. A change by another process counts a millisecond later at most, which is what a request takes that has begun
 * before it. Inside a unit of work nothing is shared. Safe for many threads; bounded.
 */
final class RecentReads<K, V> {
    private static final long SHARED_NANOS = 1_000_000;
    private static final int MAX_ROWS = 1_000;

    private final Database database;
    private final Map<K, Read<V>> reads = new ConcurrentHashMap<>();

    private record Read<V>(V row, long commits, long nanos) {}

    RecentReads(Database database) {
        this.database = database;
    }

    Optional<V> find(K key, Function<Sql, Optional<V>> query) {
        if (database.isInUnitOfWork()) {
            return database.read(query);
        }
        // both before the read: a commit during it may or may not be in what is read
        long commits = database.commits();
        long nanos = System.nanoTime();
        Read<V> recent = reads.get(key);
        if (recent != null && recent.commits() == commits && nanos - recent.nanos() < SHARED_NANOS) {
            return Optional.of(recent.row());
        }
        Optional<V> found = database.read(query);
        found.ifPresentOrElse(row -> keep(key, new Read<>(row, commits, nanos)), () -> reads.remove(key));
        return found;
    }

    private void keep(K key, Read<V> read) {
        if (reads.size() >= MAX_ROWS) {
            reads.clear();
        }
        reads.put(key, read);
    }
}
