package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;
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
}
