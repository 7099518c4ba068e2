package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An embedded store whose place a backup takes: it may be newer than the backup, of another version, or damaged. Immutable.
 *
 * @param file of the database
 */
public record ReplacedStore(Path file) {
    /** When a store was last seen to live, or made or ended what lives longer than a request. */
    private static final List<Time> TIMES = List.of(
            new Time("epoch", "began_at"),
            new Time("last_seen", "seen_at"),
            new Time("audit_events", "happened_at"),
            new Time("sessions", "created_at"),
            new Time("sessions", "rotated_at"),
            new Time("sessions", "revoked_at"));

    private record Time(String table, String column) {}

    /** The latest time that it knows of, in what can be read of it; empty where nothing can. */
    public Optional<Instant> latest() {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (Sql sql = new SqliteFile(SqliteSettings.of(file)).openReader()) {
            return TIMES.stream().flatMap(time -> latest(sql, time)).max(Instant::compareTo);
        } catch (StoreUnavailableException | SQLException _) {
            return Optional.empty();
        }
    }

    /** None also where the table is damaged, or an older version did not have it: others may tell. */
    private static Stream<Instant> latest(Sql sql, Time time) {
        try {
            return sql
                    .list(
                            "select max(" + time.column() + ") as latest from " + time.table(),
                            row -> Optional.ofNullable(row.instantOrNull("latest")))
                    .stream()
                    .flatMap(Optional::stream);
        } catch (StoreUnavailableException _) {
            return Stream.empty();
        }
    }
}
