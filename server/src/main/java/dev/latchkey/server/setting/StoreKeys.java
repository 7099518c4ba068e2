package dev.latchkey.server.setting;

import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.PostgresSettings;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The key {@code store}, and those under {@code postgresql}. */
final class StoreKeys {
    private static final String SQLITE = "sqlite:";
    private static final int FEW_CONNECTIONS = 4;
    private static final String POSTGRES = "postgresql://USER:PASSWORD@HOST:PORT/DATABASE";

    static final Key<StoreSettings> STORE = Key.of(
                    "store",
                    new ScalarType<>(
                            "sqlite:FILE or " + POSTGRES,
                            "sqlite: and the path of a file, as in sqlite:latchkey-data/latchkey.db, or " + POSTGRES,
                            StoreKeys::store),
                    "Where users, clients, sessions and keys are kept: in a file, by one process, or in PostgreSQL, by"
                            + " any number of them. Several hosts are separated by commas; behind the database, as in"
                            + " ?currentSchema=latchkey&sslmode=verify-full, may stand currentSchema, sslmode,"
                            + " sslrootcert, sslcert, sslkey and ApplicationName")
            .absent("sqlite:DATA/latchkey.db; of many issuers sqlite:DATA/issuers/NAME.db")
            .hidden();
    static final Key<Integer> CONNECTIONS = Key.of(
                    "postgresql.connections",
                    Types.whole(1, 1000),
                    "How many connections this process opens at most; for each of many issuers, where 4 is the default")
            .or("16");
    static final Key<Duration> PATIENCE = Key.of(
                    "postgresql.patience",
                    Types.duration("1s", "30s"),
                    "How long a request waits for a connection; past it the answer is 503 with Retry-After")
            .or("3s");
    static final Key<Duration> STATEMENT_TIMEOUT = Key.of(
                    "postgresql.statement-timeout",
                    Types.duration("1s", "60s"),
                    "After which the database gives up a statement; the answer is then 503 with Retry-After")
            .or("3s");
    static final Key<Duration> LOCK_TIMEOUT = Key.of(
                    "postgresql.lock-timeout",
                    Types.duration("100ms", "60s"),
                    "How long a statement waits for a row that another one changes")
            .or("2s");
    static final Key<Boolean> POOLER = Key.of(
                    "postgresql.transaction-pooler",
                    Types.flag(),
                    "Whether a pooler such as PgBouncer in transaction mode stands between: statements are then not"
                            + " prepared, and time-outs have to be set for the role in the database")
            .or("false");
    static final Key<PostgresLocation> REPLICA = Key.of(
                    "postgresql.replica",
                    new ScalarType<>(POSTGRES, POSTGRES, PostgresLocation::parse),
                    "A read-only copy for what may be some seconds old: the audit trail that commands show and export")
            .absent("none")
            .hidden();

    static final List<Key<?>> ALL =
            List.of(STORE, CONNECTIONS, PATIENCE, STATEMENT_TIMEOUT, LOCK_TIMEOUT, POOLER, REPLICA);

    private StoreKeys() {}

    /** @param issuer the name of one of many; they keep no connection that they do not use */
    static StoreSettings read(Section section, Optional<String> issuer, Path dataFolder) {
        Path file = issuer.map(name -> dataFolder.resolve("issuers").resolve(name + ".db"))
                .orElse(dataFolder.resolve("latchkey.db"));
        StoreSettings store = section.find(STORE).orElseGet(() -> SqliteSettings.of(file));
        return switch (store) {
            case SqliteSettings sqlite -> sqlite;
            case PostgresSettings postgres -> {
                PostgresSettings one = postgres(section, postgres.location());
                int most = section.isGiven(CONNECTIONS) ? one.connections() : FEW_CONNECTIONS;
                yield issuer.isPresent() ? one.withConnections(most, 0) : one;
            }
        };
    }

    private static PostgresSettings postgres(Section section, PostgresLocation location) {
        int connections = section.get(CONNECTIONS);
        return new PostgresSettings(
                location,
                connections,
                connections,
                section.get(PATIENCE),
                section.get(STATEMENT_TIMEOUT),
                section.get(LOCK_TIMEOUT),
                section.get(POOLER),
                section.find(REPLICA));
    }

    private static Optional<StoreSettings> store(String text) {
        if (text.startsWith(SQLITE)) {
            String file = text.substring(SQLITE.length());
            boolean good = GeneralKeys.isPath(file) && file.indexOf('?') < 0;
            return good ? Optional.of(SqliteSettings.of(Path.of(file))) : Optional.empty();
        }
        return PostgresLocation.parse(text).map(PostgresSettings::of);
    }
}
