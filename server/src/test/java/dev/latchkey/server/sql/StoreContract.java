package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The ground of the store contracts: an empty database each, of the engine that the subclass opens. */
abstract class StoreContract {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    protected Database database;

    /** Opens an empty database with the schema of this version. */
    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    <T> T run(Function<Transaction, T> work) {
        return database.run(work);
    }

    boolean did(Function<Transaction, Boolean> work) {
        return run(work);
    }

    int count(Function<Transaction, Integer> work) {
        return run(work);
    }

    void commit(Consumer<Transaction> work) {
        run(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    /** Begins the first, then the second, and ends the first only when the second has ended or cannot go on. */
    void inEachOther(Consumer<Transaction> first, Consumer<Transaction> second) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch secondDone = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = threads.submit(() -> commit(tx -> {
                first.accept(tx);
                begun.countDown();
                await(secondDone, Duration.ofMillis(400));
            }));
            UnitOfWorkContract.await(begun);
            Future<?> other = threads.submit(() -> {
                commit(second);
                secondDone.countDown();
            });
            one.get(60, TimeUnit.SECONDS);
            other.get(60, TimeUnit.SECONDS);
        }
    }

    private static void await(CountDownLatch latch, Duration most) {
        try {
            boolean _ = latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
