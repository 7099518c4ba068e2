package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * A database that stores are written against: writes inside a unit of work, reads outside of one.
 *
 * <p>Safe for use by many threads, virtual ones too.
 */
public interface Database extends UnitOfWork, AutoCloseable {
    /**
     * Opens the database, creates what is missing of it, and brings its schema up to date.
     *
     * @throws IncompatibleStoreException when it is not a database of this version
     * @throws StoreUnavailableException when it cannot be opened
     */
    static Database open(StoreSettings settings, InstantSource clock, StoreListener listener) {
        return switch (settings) {
            case SqliteSettings sqlite -> SqliteDatabase.open(sqlite, clock, listener);
            case PostgresSettings postgres -> PostgresDatabase.open(postgres, clock, listener);
        };
    }

    /**
     * The statements of a running unit of work.
     *
     * @throws IllegalStateException when that unit of work has ended, or is not one of this database
     */
    Sql in(Transaction transaction);

    /**
     * Reads what was last committed. Inside a unit of work of this database it reads through that one, its own changes
     * included. The query must not keep the {@link Sql} it is given, nor wait for anything.
     *
     * @throws StoreUnavailableException when the database is gone, or too busy for too long
     */
    <T> T read(Function<Sql, T> query);

    /**
     * Reads what may be some seconds old, such as a list for an operator: from a copy, where there is one that answers.
     *
     * @throws StoreUnavailableException when the database is gone, or too busy for too long
     */
    default <T> T readLate(Function<Sql, T> query) {
        return read(query);
    }

    /** Whether other instances may work on the same data. */
    default boolean isShared() {
        return false;
    }

    /** Whether the caller is a unit of work of this database. */
    boolean isInUnitOfWork();

    /** How many transactions this object has committed; counted before those who wait for one are answered. */
    long commits();

    /**
     * A number that moves when something other than this object changed the data, such as a command while the server
     * runs: what was read under another number may be stale. It lags behind such a change by 0.1 s at most,
     * or by what the settings of the database say.
     */
    long changeCounter();

    /** Finishes the work that waits, refuses any other, and closes the connections. */
    @Override
    void close();
}
