package dev.latchkey.bench.housekeeping;

import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.PostgresSettings;
import dev.latchkey.server.sql.StoreSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A schema of a PostgreSQL. */
final class PostgresStore extends StoreUnderLoad {
    private final PostgresLocation location;

    PostgresStore(String url, String schema) {
        super("jdbc:" + url.replace("latchkey@", "") + "?user=latchkey&currentSchema=" + schema);
        this.location = PostgresLocation.parse(url).orElseThrow().withSchema(schema);
    }

    @Override
    String name() {
        return "PostgreSQL";
    }

    @Override
    StoreSettings settings() {
        return PostgresSettings.of(location);
    }

    @Override
    String no() {
        return "false";
    }

    @Override
    Sample sample() throws SQLException {
        try (Connection connection = connect()) {
            List<Sample.Table> tables = new ArrayList<>();
            long bytes = 0;
            for (String table : TABLES) {
                long own = number(connection, "select pg_table_size('" + table + "')");
                long indexes = number(connection, "select pg_indexes_size('" + table + "')");
                String statistics = " from pg_stat_user_tables where relid = '" + table + "'::regclass";
                tables.add(new Sample.Table(
                        table,
                        number(connection, "select count(*) from " + table),
                        number(connection, "select n_dead_tup" + statistics),
                        own,
                        indexes,
                        number(connection, "select autovacuum_count" + statistics)));
                bytes += own + indexes;
            }
            return new Sample(tables, bytes, 0);
        }
    }
}
