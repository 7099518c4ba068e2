package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL through PgBouncer in transaction mode, where it is installed: each transaction may be on another connection. */
class PgBouncerTest {
    private static final String DATABASE = "pooled" + ProcessHandle.current().pid();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void isInstalled() {
        boolean installed = PgBouncer.program().isPresent();
        if (!installed) {
            System.err.println("SKIPPED: PgBouncerTest, because there is no pgbouncer (apt-get install pgbouncer)");
        }
        assumeTrue(installed, "pgbouncer is not installed");
    }

    private static PostgresSettings settings(PostgresLocation location, boolean pooled) {
        PostgresSettings usual = TestPostgres.settings(location);
        return new PostgresSettings(
                location,
                usual.connections(),
                usual.idleConnections(),
                usual.patience(),
                usual.statementTimeout(),
                usual.lockTimeout(),
                pooled,
                Optional.empty());
    }

    /** The schema is a parameter of the connection, which a pooler does not pass on; so this is a database of its own. */
    private static PostgresLocation emptyDatabase(PostgresLocation any) throws SQLException {
        execute(any, "drop database if exists " + DATABASE, "create database " + DATABASE);
        return new PostgresLocation(any.hosts(), DATABASE, any.user(), any.password(), Map.of());
    }

    private static void execute(PostgresLocation location, String... statements) throws SQLException {
        try (Connection connection = TestPostgres.connect(location);
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    @Test
    void makesTablesReadsAndWritesFromManyThreadsWithoutNamesThatThePoolerForgets() throws Exception {
        PostgresLocation direct = emptyDatabase(TestPostgres.freshSchema());
        try (PgBouncer bouncer = PgBouncer.start(folder, direct);
                PostgresDatabase database = PostgresDatabase.open(
                        settings(bouncer.location(direct), true), InstantSource.system(), StoreListener.NONE);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            database.run(transaction ->
                    database.in(transaction).update("insert into locks (name, taken) values (?, ?)", "pooled", 0L));
            List<Callable<Integer>> works = IntStream.range(0, 200)
                    .<Callable<Integer>>mapToObj(_ -> () -> database.run(transaction -> database.in(transaction)
                            .update("update locks set taken = taken + 1 where name = ?", "pooled")))
                    .toList();
            for (Future<Integer> work : threads.invokeAll(works)) {
                assertThat(work.get()).isEqualTo(1);
            }
            Optional<Long> taken = database.read(
                    sql -> sql.one("select taken from locks where name = ?", row -> row.number("taken"), "pooled"));
            assertThat(taken).contains(200L);
        } finally {
            execute(TestPostgres.freshSchema(), "drop database if exists " + DATABASE + " with (force)");
        }
    }

    /** Or the tables of several issuers would be in one schema. */
    @Test
    void isFoundOutWhereItLeavesTheSchemaOut() throws Exception {
        PostgresLocation direct = emptyDatabase(TestPostgres.freshSchema());
        try (PgBouncer bouncer = PgBouncer.start(folder, direct, "extra_float_digits, search_path")) {
            PostgresSettings settings = settings(bouncer.location(direct).withSchema("red"), true);

            assertThatThrownBy(() -> PostgresDatabase.open(settings, InstantSource.system(), StoreListener.NONE))
                    .isInstanceOf(IncompatibleStoreException.class)
                    .hasMessageContaining("leaves currentSchema out");
        } finally {
            execute(TestPostgres.freshSchema(), "drop database if exists " + DATABASE + " with (force)");
        }
    }

    @Test
    void isToldApartFromADatabaseThatTakesOptions() throws Exception {
        PostgresLocation direct = emptyDatabase(TestPostgres.freshSchema());
        try (PgBouncer bouncer = PgBouncer.start(folder, direct);
                PostgresPool pool = PostgresPool.ofPrimary(
                        settings(bouncer.location(direct), false).withPatience(Duration.ofSeconds(10)),
                        StoreListener.NONE)) {
            assertThatThrownBy(pool::take)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasStackTraceContaining("unsupported startup parameter");
        }
    }
}
