package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * PostgreSQL, shared by any number of instances. A unit of work is one transaction on the thread of its caller, read
 * committed: what has to hold is held by conditional statements, by rows that are locked ({@link Sql#forUpdate},
 * {@link Sql#lock}) and by unique keys. Where two got into each other's way, the work of one is run again, so it may change
 * nothing but through its transaction.
 *
 * <p>A database that is gone, starting, read-only, full or too slow is a {@link StoreUnavailableException} within the
 * time-outs of the settings, and is used again as soon as it is back. When the answer to a commit is lost, whether it was
 * stored cannot be told; it is then not acknowledged.
 */
public final class PostgresDatabase implements Database {
    private static final int MAX_TRIES = 6;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final PostgresPool primary;
    private final Optional<PostgresPool> replica;
    private final StoreListener listener;
    private final AtomicLong commits = new AtomicLong();
    private final long openedNanos = System.nanoTime();
    private final ScopedValue<SqlTransaction> running = ScopedValue.newInstance();

    private PostgresDatabase(PostgresPool primary, Optional<PostgresPool> replica, StoreListener listener) {
        this.primary = primary;
        this.replica = replica;
        this.listener = listener;
    }

    /**
     * Opens the database and brings its schema up to date. One that is not there yet is waited for, half a minute.
     *
     * @throws IncompatibleStoreException when it is not a database of this version
     * @throws StoreUnavailableException when it cannot be reached
     */
    public static PostgresDatabase open(PostgresSettings settings, InstantSource clock, StoreListener listener) {
        return open(settings, Migrations.ofThisVersion(clock), listener);
    }

    static PostgresDatabase open(PostgresSettings settings, Migrations migrations, StoreListener listener) {
        PostgresPool primary = PostgresPool.ofPrimary(settings, listener);
        try {
            // one that keeps no connection is opened because somebody waits for it
            Duration patience = settings.idleConnections() == 0 ? settings.patience() : START_PATIENCE;
            PostgresSchema.prepare(primary, settings.location(), migrations, patience, listener);
            Optional<PostgresPool> replica =
                    settings.replica().map(location -> PostgresPool.ofReplica(settings, location, listener));
            return new PostgresDatabase(primary, replica, listener);
        } catch (RuntimeException e) {
            primary.close();
            throw e;
        }
    }

    @Override
    public <T> T run(Function<Transaction, T> work) {
        if (isInUnitOfWork()) {
            throw new IllegalStateException("a unit of work inside another");
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return runOnce(work);
            } catch (ConflictException e) {
                if (attempt == MAX_TRIES) {
                    throw gaveUp(e);
                }
                listener.workRepeated();
                pause(attempt);
            }
        }
    }

    /** A key that is taken after so many tries is the fault of the statement, not of a neighbour. */
    private static RuntimeException gaveUp(ConflictException conflict) {
        return Dialect.POSTGRES.isDuplicate(conflict)
                ? new IllegalStateException(conflict.getMessage(), conflict)
                : new StoreUnavailableException("too many changed the same at once", conflict);
    }

    private static void pause(int attempt) {
        long most = FIRST_PAUSE_NANOS << attempt;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
    }

    private <T> T runOnce(Function<Transaction, T> work) {
        long bornNanos = System.nanoTime();
        try (PostgresConnection connection = primary.take()) {
            long startNanos = System.nanoTime();
            connection.begin();
            SqlTransaction transaction = new SqlTransaction(this, connection.sql());
            T result;
            try {
                result = ScopedValue.where(running, transaction).call(() -> work.apply(transaction));
                connection.sql().requireUnbroken();
            } catch (Throwable e) {
                connection.rollback();
                throw e;
            } finally {
                transaction.end();
            }
            long workedNanos = System.nanoTime();
            boolean stored = false;
            try {
                connection.commit();
                stored = true;
            } finally {
                tell(startNanos - bornNanos, workedNanos - startNanos, System.nanoTime() - workedNanos, stored);
            }
            commits.incrementAndGet();
            transaction.tasksAfterCommit().forEach(Runnable::run);
            return result;
        }
    }

    private void tell(long waitNanos, long workNanos, long commitNanos, boolean stored) {
        listener.batchEnded(new StoreListener.Batch(
                1, Duration.ofNanos(waitNanos), Duration.ofNanos(workNanos), Duration.ofNanos(commitNanos), stored));
    }

    @Override
    public Sql in(Transaction transaction) {
        return SqlTransaction.sqlOf(transaction, this);
    }

    @Override
    public <T> T read(Function<Sql, T> query) {
        return isInUnitOfWork() ? query.apply(in(running.get())) : read(primary, query);
    }

    @Override
    public <T> T readLate(Function<Sql, T> query) {
        if (replica.isEmpty() || isInUnitOfWork()) {
            return read(query);
        }
        try {
            return read(replica.get(), query);
        } catch (StoreUnavailableException _) {
            return read(query);
        }
    }

    private static <T> T read(PostgresPool pool, Function<Sql, T> query) {
        try (PostgresConnection connection = pool.take()) {
            return query.apply(connection.sql());
        } catch (ConflictException e) {
            throw new StoreUnavailableException("too many changed at once what was read", e);
        }
    }

    @Override
    public boolean isInUnitOfWork() {
        return running.isBound();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public long commits() {
        return commits.get();
    }

    /** Others may have changed something at any time: it moves every second. */
    @Override
    public long changeCounter() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - openedNanos);
    }

    @Override
    public void close() {
        primary.close();
        replica.ifPresent(PostgresPool::close);
    }
}
