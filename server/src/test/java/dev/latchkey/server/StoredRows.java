package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much a server has stored, so that a test can say that it stored nothing. */
final class StoredRows {
    /** What changes by itself, what counts failures so that they can be slowed down, and what tells of them. */
    private static final Set<String> NOT_COUNTED =
            Set.of("login_failures", "last_seen", "outages", "audit_events", "chores", "locks", "sqlite_sequence");

    private StoredRows() {}

    /** Rows by table. */
    static Map<String, Long> of(TestServer server) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        try (Connection connection = server.connectToStore();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            String catalog = server.isOnPostgres()
                    ? "select tablename from pg_tables where schemaname = current_schema()"
                    : "select name from sqlite_master where type = 'table'";
            try (ResultSet names = statement.executeQuery(catalog)) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            tables.removeAll(NOT_COUNTED);
            for (String table : tables) {
                try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
                    count.next();
                    rows.put(table, count.getLong(1));
                }
            }
        }
        assertThat(rows).containsKeys("users", "clients", "sessions", "revoked_tokens");
        return rows;
    }
}
