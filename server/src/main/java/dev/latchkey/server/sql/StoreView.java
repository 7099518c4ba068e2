package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** A store that is looked at and not changed, be it of an older version or in use: one connection, and no migration. */
final class StoreView {
    /** Longer than an instance takes from one sign of life to the next. */
    private static final Duration SEEN = Duration.ofSeconds(5);

    private StoreView() {}

    /**
     * Looks at a store, with the patience of its settings; empty if there is none.
     *
     * @throws StoreUnavailableException when it cannot be read
     */
    static <T> Optional<T> read(StoreSettings settings, Function<Sql, T> query) {
        return switch (settings) {
            case SqliteSettings sqlite -> read(sqlite, query);
            case PostgresSettings postgres -> Optional.of(read(postgres, query));
        };
    }

    private static <T> Optional<T> read(SqliteSettings settings, Function<Sql, T> query) {
        if (!Files.exists(settings.file())) {
            return Optional.empty();
        }
        try (Sql sql = new SqliteFile(settings).openReader()) {
            return Optional.of(query.apply(sql));
        } catch (SQLException e) {
            throw new StoreUnavailableException("cannot read " + settings.file(), e);
        }
    }

    private static <T> T read(PostgresSettings settings, Function<Sql, T> query) {
        try (PostgresPool pool = PostgresPool.ofPrimary(settings.withConnections(1, 0), StoreListener.NONE);
                PostgresConnection connection = pool.take()) {
            return query.apply(connection.sql());
        }
    }

    /** Whether a server is seen to run on it: one that has the file open, or has left a sign of life in a shared database. */
    static boolean isInUse(StoreSettings settings, InstantSource clock) {
        return switch (settings) {
            case SqliteSettings sqlite -> Files.isRegularFile(sqlite.file()) && SqliteRestore.isUsed(sqlite.file());
            case PostgresSettings postgres ->
                read(postgres.patient(), StoreView::lastSeen)
                        .filter(seen -> seen > clock.instant().minus(SEEN).toEpochMilli())
                        .isPresent();
        };
    }

    private static Optional<Long> lastSeen(Sql sql) {
        return sql.one(
                        "select max(seen_at) as seen_at from last_seen",
                        row -> Optional.ofNullable(row.numberOrNull("seen_at")))
                .flatMap(seen -> seen);
    }
}
