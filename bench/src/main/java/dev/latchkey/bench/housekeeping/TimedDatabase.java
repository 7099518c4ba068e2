package dev.latchkey.bench.housekeeping;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.Sql;
import java.time.Duration;
import java.util.function.Function;

/** A database as housekeeping sees it, with a note of how long each of its batches took and how many rows it removed. Of one thread. */
final class TimedDatabase implements Database {
    private final Database database;
    private final Batches batches;

    TimedDatabase(Database database, Batches batches) {
        this.database = database;
        this.batches = batches;
    }

    /** Is told of each batch. */
    interface Batches {
        void removed(int rows, Duration time);
    }

    @Override
    public <T> T run(Function<Transaction, T> work) {
        long start = System.nanoTime();
        T result = database.run(work);
        if (result instanceof Integer rows && rows > 0) {
            batches.removed(rows, Duration.ofNanos(System.nanoTime() - start));
        }
        return result;
    }

    @Override
    public Sql in(Transaction transaction) {
        return database.in(transaction);
    }

    @Override
    public <T> T read(Function<Sql, T> query) {
        return database.read(query);
    }

    @Override
    public boolean isInUnitOfWork() {
        return database.isInUnitOfWork();
    }

    @Override
    public long commits() {
        return database.commits();
    }

    @Override
    public long changeCounter() {
        return database.changeCounter();
    }

    /** Leaves the database open: it is another one's. */
    @Override
    public void close() {}
}
