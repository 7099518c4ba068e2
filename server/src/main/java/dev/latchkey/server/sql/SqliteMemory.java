package dev.latchkey.server.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteOpenMode;

/**
 * A database in memory, shared by the connections of this process that know its name. It lasts as long as one of them is
 * open, so one is kept open that does nothing else.
 */
final class SqliteMemory implements SqliteStorage, AutoCloseable {
    private final SqliteSettings settings;
    private final String url;
    private @Nullable Sql anchor;

    /** @param name of no other database in memory of this process */
    SqliteMemory(SqliteSettings settings, String name) {
        this.settings = settings;
        // the name begins with a slash, or the database would belong to its connection alone
        this.url = "jdbc:sqlite:file:/" + name + "?vfs=memdb";
    }

    @Override
    public SqliteSettings settings() {
        return settings;
    }

    @Override
    public void createIfMissing() throws SQLException {
        anchor = open(SQLiteOpenMode.READWRITE);
    }

    @Override
    public Object identity() {
        return url;
    }

    @Override
    public Sql openWriter() throws SQLException {
        return open(SQLiteOpenMode.READWRITE, "pragma synchronous = off", "pragma foreign_keys = on");
    }

    @Override
    public Sql openReader() throws SQLException {
        return open(SQLiteOpenMode.READONLY);
    }

    private Sql open(SQLiteOpenMode mode, String... pragmas) throws SQLException {
        return SqliteStorage.connect(url, settings, mode, pragmas);
    }

    @Override
    public void close() {
        if (anchor != null) {
            anchor.close();
        }
    }
}
