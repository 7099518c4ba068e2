package dev.latchkey.server.sql;

import dev.latchkey.server.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL for tests, started when first asked for and stopped with the process: the one that comes with the build, or
 * the one that {@code -Dlatchkey.test.postgresql=postgresql://user@host:port/database} names. A test gets a schema of its own.
 */
public final class TestPostgres {
    static final int CONNECTIONS = 8;

    private static final String ELSEWHERE = "latchkey.test.postgresql";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private TestPostgres() {}

    /** Started by the first who needs it. */
    private static final class Started {
        static final PostgresLocation LOCATION = start();

        private static PostgresLocation start() {
            String elsewhere = System.getProperty(ELSEWHERE, "");
            if (!elsewhere.isEmpty()) {
                return PostgresLocation.parse(elsewhere).orElseThrow();
            }
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setPort(FreePort.next())
                        .setPGStartupWait(Duration.ofMinutes(2))
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("max_connections", "600")
                        .start();
                return PostgresLocation.parse("postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres")
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whether the whole suite is to run on PostgreSQL: {@code -Dlatchkey.test.store=postgresql}. */
    public static boolean isWanted() {
        return System.getProperty("latchkey.test.store", "sqlite").equals("postgresql");
    }

    /** A schema that nothing is in, and that nobody else has. */
    public static PostgresLocation freshSchema() {
        return Started.LOCATION.withSchema("t" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet());
    }

    /** A database that nobody else has, for troubles that are those of a whole database. */
    public static PostgresLocation freshDatabase() {
        String name = "d" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        execute(Started.LOCATION, "create database " + name);
        return new PostgresLocation(
                Started.LOCATION.hosts(),
                name,
                Started.LOCATION.user(),
                Started.LOCATION.password(),
                Started.LOCATION.parameters());
    }

    /** The settings of a test: few connections, none of which stay, and patience with a machine that stands still. */
    public static PostgresSettings settings(PostgresLocation location) {
        return settings(location, PATIENCE, PATIENCE);
    }

    /**
     * The same with less patience with the database.
     *
     * @param statement how long a statement may take, and a unit of work do nothing
     * @param lock how long a statement waits for a row
     */
    static PostgresSettings settings(PostgresLocation location, Duration statement, Duration lock) {
        return new PostgresSettings(location, CONNECTIONS, 0, PATIENCE, statement, lock, false, Optional.empty());
    }

    public static Connection connect(PostgresLocation location) throws SQLException {
        return DriverManager.getConnection(
                location.jdbcUrl(), location.user(), location.password().orElse(""));
    }

    /** As a configuration names it. */
    public static String url(PostgresLocation location) {
        return PostgresLocation.SCHEME + location.user() + "@" + String.join(",", location.hosts()) + "/"
                + location.database()
                + location.schema().map(name -> "?currentSchema=" + name).orElse("");
    }

    public static void dropSchema(PostgresLocation location) {
        execute(location, "drop schema if exists " + location.schema().orElseThrow() + " cascade");
    }

    /** Runs statements, each by itself, on a connection of their own. */
    public static void execute(PostgresLocation location, String... statements) {
        try (Connection connection = connect(location);
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
