package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Brings the schema up to date at a start, also when several instances start at once. */
final class PostgresSchema {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MAX_TRIES = 20;

    private PostgresSchema() {}

    /** Tries again while the database is away, which is told once, and when another instance made the same change first. */
    static void prepare(
            PostgresPool pool,
            PostgresLocation location,
            Migrations migrations,
            Duration patience,
            StoreListener listener) {
        long deadline = System.nanoTime() + patience.toNanos();
        int tries = 0;
        boolean told = false;
        while (true) {
            try {
                prepare(pool, location, migrations);
                return;
            } catch (StoreUnavailableException e) {
                // who is interrupted is refused at once, each time
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw new StoreUnavailableException("cannot open the database " + location, e);
                }
                if (!told) {
                    listener.awaited(e.reason(), patience);
                    told = true;
                }
            } catch (ConflictException e) {
                tries++;
                if (tries == MAX_TRIES) {
                    throw new StoreUnavailableException("cannot prepare the database " + location, e);
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void prepare(PostgresPool pool, PostgresLocation location, Migrations migrations) {
        try (PostgresConnection connection = pool.take()) {
            Sql sql = connection.sql();
            location.schema().ifPresent(schema -> makeSchema(sql, schema));
            requireSchema(sql, location);
            if (migrations.isUpToDate(sql)) {
                return;
            }
            connection.begin();
            try {
                migrations.apply(sql);
            } catch (RuntimeException e) {
                connection.rollback();
                throw e;
            }
            connection.commit();
        }
    }

    /** A pooler that leaves the parameter out would put the tables of several issuers into one schema. */
    private static void requireSchema(Sql sql, PostgresLocation location) {
        String used = sql.one("select current_schema() as name", row -> row.text("name"))
                .orElseThrow();
        if (location.schema().filter(wanted -> !wanted.equals(used)).isPresent()) {
            throw new IncompatibleStoreException("the connection uses the schema " + used + " and not "
                    + location.schema().get() + ": something between leaves currentSchema out");
        }
    }

    private static void makeSchema(Sql sql, String schema) {
        boolean exists = sql.one(
                        "select nspname as name from pg_namespace where nspname = ?", row -> row.text("name"), schema)
                .isPresent();
        if (!exists) {
            sql.update("create schema if not exists " + schema);
        }
    }
}
