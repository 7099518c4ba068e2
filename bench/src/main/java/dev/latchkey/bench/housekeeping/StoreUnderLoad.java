package dev.latchkey.bench.housekeeping;

import dev.latchkey.server.sql.StoreSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A store, and a way to look at its tables past the server. */
abstract class StoreUnderLoad {
    /** What grows and ends by itself. */
    static final List<String> TABLES = List.of(
            "sessions",
            "browser_sessions",
            "authorization_codes",
            "used_assertions",
            "revoked_tokens",
            "login_failures",
            "audit_events");

    private final String jdbcUrl;

    StoreUnderLoad(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    abstract String name();

    abstract StoreSettings settings();

    /** The bytes of each table with its indexes, dead rows and the like, at this moment. */
    abstract Sample sample() throws SQLException;

    /** Makes the user and the client of {@link Visit}. */
    final void begin() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into users (id, username, username_key, claims, roles, password_hash,"
                    + " credential_version, disabled, origin, created_at) values ('" + Visit.USER
                    + "', 'alice', 'alice', '{}', '[]', null, 1, " + no() + ", 'COMMAND', 0)");
            statement.execute("insert into clients (id, secret_hash, metadata, disabled, origin, created_at) values ('"
                    + Visit.CLIENT + "', null, '{}', " + no() + ", 'COMMAND', 0)");
        }
    }

    /** How the engine writes false. */
    abstract String no();

    final Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl);
    }

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                throw new SQLException("no row: " + query);
            }
            return rows.getLong(1);
        }
    }
}
