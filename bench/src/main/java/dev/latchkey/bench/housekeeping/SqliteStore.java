package dev.latchkey.bench.housekeeping;

import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A file of SQLite. */
final class SqliteStore extends StoreUnderLoad {
    private final Path file;

    SqliteStore(Path file) {
        super("jdbc:sqlite:" + file);
        this.file = file;
    }

    @Override
    String name() {
        return "SQLite";
    }

    @Override
    StoreSettings settings() {
        return SqliteSettings.of(file);
    }

    @Override
    String no() {
        return "0";
    }

    @Override
    Sample sample() throws SQLException {
        try (Connection connection = connect()) {
            List<Sample.Table> tables = new ArrayList<>();
            for (String table : TABLES) {
                String pages = "select coalesce(sum(pgsize), 0) from dbstat where aggregate = true and name ";
                tables.add(new Sample.Table(
                        table,
                        number(connection, "select count(*) from " + table),
                        0,
                        number(connection, pages + "= '" + table + "'"),
                        number(
                                connection,
                                pages + "in (select name from sqlite_schema where type = 'index' and tbl_name = '"
                                        + table + "')"),
                        0));
            }
            long pageSize = number(connection, "pragma page_size");
            return new Sample(
                    tables,
                    pageSize * number(connection, "pragma page_count"),
                    pageSize * number(connection, "pragma freelist_count"));
        }
    }
}
