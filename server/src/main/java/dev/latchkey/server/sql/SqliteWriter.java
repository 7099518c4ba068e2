package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It takes all units of work that wait, runs each in its own savepoint of one transaction,
 * makes them durable with one fsync, and only then answers the callers.
 *
 * <p>When the database fails, everything of that transaction is refused, the connection is closed, and the next
 * transaction starts with a new one. Which file it writes to is checked before every commit, because SQLite would go on
 * writing to a file that was deleted or moved away.
 */
final class SqliteWriter {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final Database owner;
    private final SqliteStorage storage;
    private final SqliteSettings settings;
    private final SqliteReaders readers;
    private final Consumer<Sql> check;
    private final StoreListener listener;
    private final BlockingQueue<WorkItem<?>> waiting;
    private final Thread thread;
    private final AtomicLong changeCounter = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private volatile boolean closing;
    private volatile boolean finished;

    // of the writer thread
    private @Nullable Sql connection;
    private @Nullable Object identity;
    private @Nullable SqlTransaction running;
    private long dataVersion;

    /** @param check refuses, by throwing, a database that came back as another one */
    SqliteWriter(
            Database owner, SqliteStorage storage, SqliteReaders readers, Consumer<Sql> check, StoreListener listener) {
        this.owner = owner;
        this.storage = storage;
        this.settings = storage.settings();
        this.readers = readers;
        this.check = check;
        this.listener = listener;
        this.waiting = new LinkedBlockingQueue<>(settings.maxWaiting());
        this.thread = Thread.ofPlatform().daemon().name("latchkey-store-writer").unstarted(this::work);
    }

    void start(Sql first) {
        connection = first;
        identity = storage.identity();
        thread.start();
    }

    long changeCounter() {
        return changeCounter.get();
    }

    long commits() {
        return commits.get();
    }

    int waiting() {
        return waiting.size();
    }

    /** The unit of work that runs, when called by it; null for any other caller. */
    @Nullable
    SqlTransaction runningHere() {
        return isWriter() ? running : null;
    }

    private boolean isWriter() {
        return thread.equals(Thread.currentThread());
    }

    <T> T run(Function<Transaction, T> work) {
        if (isWriter()) {
            throw new IllegalStateException("a unit of work inside another");
        }
        WorkItem<T> item = new WorkItem<>(work);
        if (closing || !waiting.offer(item)) {
            throw new StoreUnavailableException(closing ? "the store is closed" : "too much waits for the store");
        }
        if (finished) {
            refuseWaiting(new StoreUnavailableException("the store is closed"));
        }
        return item.await(settings.patience());
    }

    void close() {
        closing = true;
        waiting.offer(new WorkItem<>(_ -> true)); // wakes it up
        boolean interrupted = false;
        try {
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException _) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (!closing || !waiting.isEmpty()) {
            WorkItem<?> first = next();
            if (first != null) {
                runTogether(first);
            } else {
                lookAround();
            }
        }
        disconnect();
        finished = true;
        refuseWaiting(new StoreUnavailableException("the store is closed"));
    }

    private @Nullable WorkItem<?> next() {
        try {
            return waiting.poll(settings.idleCheck().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            return null; // nobody has a reason to interrupt this thread; only close() ends it
        }
    }

    @SuppressWarnings("CatchThrowable") // whatever it is, the callers are told that nothing was stored
    private void runTogether(WorkItem<?> first) {
        Batch batch = new Batch();
        try {
            Sql sql = connected();
            sql.update("begin immediate");
            noticeForeignChanges(sql);
            for (WorkItem<?> item = first; item != null; item = batch.isFull() ? null : waiting.poll()) {
                if (item.start()) {
                    batch.add(item);
                    runInSavepoint(item, sql);
                }
            }
            batch.worked();
            requireSameFile(sql);
            sql.update("commit");
            commits.incrementAndGet();
        } catch (Throwable e) {
            disconnect();
            batch.refuse(unavailable(e), first);
            return;
        }
        batch.answer();
    }

    private void runInSavepoint(WorkItem<?> item, Sql sql) {
        sql.update("savepoint item");
        SqlTransaction transaction = new SqlTransaction(owner, sql);
        running = transaction;
        boolean keep = item.perform(transaction);
        running = null;
        transaction.end();
        // when the database failed SQLite may have ended the transaction, and what follows would be committed one by
        // one
        sql.requireUnbroken();
        if (!keep) {
            sql.update("rollback to item");
        }
        sql.update("release item");
    }

    private static StoreUnavailableException unavailable(Throwable failure) {
        return failure instanceof StoreUnavailableException known
                ? known
                : new StoreUnavailableException("the store failed", failure);
    }

    private void refuseWaiting(StoreUnavailableException reason) {
        for (WorkItem<?> item = waiting.poll(); item != null; item = waiting.poll()) {
            if (item.start()) {
                item.refuse(reason);
            }
        }
    }

    @SuppressWarnings("CatchThrowable") // what fails here fails again, and is told, when there is work
    private void lookAround() {
        try {
            Sql sql = connected();
            requireSameFile(sql);
            noticeForeignChanges(sql);
        } catch (Throwable _) {
            disconnect();
        }
    }

    private Sql connected() throws SQLException {
        Sql sql = connection;
        if (sql != null) {
            return sql;
        }
        if (identity == null && !readers.allClosed()) {
            throw new StoreUnavailableException("the database file was replaced, and is still read");
        }
        sql = storage.openWriter();
        connection = sql;
        check.accept(sql);
        Object found = storage.identity();
        if (found == null) {
            throw new StoreUnavailableException("the database file is gone");
        }
        if (!found.equals(identity)) {
            identity = found;
            changeCounter.incrementAndGet();
        }
        dataVersion = 0;
        readers.resume();
        return sql;
    }

    private void requireSameFile(Sql sql) {
        if (identity == null || !identity.equals(storage.identity())) {
            identity = null;
            readers.suspend();
            completeLostFile(sql);
            throw new StoreUnavailableException("the database file is gone or another one");
        }
    }

    /**
     * Moves the log into the database that it belongs to, wherever that is now. SQLite leaves a log that lost its database
     * where it is, and would mix it into any other database that is put there.
     */
    private static void completeLostFile(Sql sql) {
        try {
            sql.update("rollback");
        } catch (RuntimeException _) {
            // there was no transaction
        }
        try {
            sql.list("pragma wal_checkpoint(truncate)", row -> row.number("busy"));
        } catch (RuntimeException _) {
            // then it stays in the log, and is found there when the database comes back
        }
    }

    private void noticeForeignChanges(Sql sql) {
        long version = sql.one("pragma data_version", row -> row.number("data_version"))
                .orElseThrow();
        if (version != dataVersion) {
            dataVersion = version;
            changeCounter.incrementAndGet();
        }
    }

    private void disconnect() {
        Sql sql = connection;
        connection = null;
        if (sql != null) {
            try {
                sql.close();
            } catch (RuntimeException _) {
                // it is given up in any case, and SQLite rolls back what was not committed
            }
        }
    }

    /** What is committed together, and how long it took. */
    private final class Batch {
        private final List<WorkItem<?>> started = new ArrayList<>();
        private long startNanos;
        private long longestWaitNanos;
        private long workedNanos;

        boolean isFull() {
            return started.size() == settings.maxBatch();
        }

        void add(WorkItem<?> item) {
            long now = System.nanoTime();
            startNanos = started.isEmpty() ? now : startNanos;
            longestWaitNanos = Math.max(longestWaitNanos, now - item.bornNanos());
            started.add(item);
        }

        void worked() {
            workedNanos = System.nanoTime();
        }

        void answer() {
            long committedNanos = System.nanoTime();
            tell(committedNanos, true);
            started.forEach(WorkItem::answer);
        }

        void refuse(StoreUnavailableException reason, WorkItem<?> first) {
            if (started.isEmpty()) {
                // the database cannot even begin: those who wait need not find out one by one
                if (first.start()) {
                    started.add(first);
                }
                refuseWaiting(reason);
            }
            tell(System.nanoTime(), false);
            started.forEach(item -> item.refuse(reason));
        }

        private void tell(long endNanos, boolean stored) {
            if (started.isEmpty()) {
                return;
            }
            long worked = workedNanos == 0 ? endNanos : workedNanos;
            long start = startNanos == 0 ? worked : startNanos;
            StoreListener.Batch told = new StoreListener.Batch(
                    started.size(),
                    Duration.ofNanos(longestWaitNanos),
                    Duration.ofNanos(worked - start),
                    Duration.ofNanos(endNanos - worked),
                    stored);
            try {
                listener.batchEnded(told);
            } catch (RuntimeException _) {
                // a metric that cannot be counted must not stop the store
            }
        }
    }
}
