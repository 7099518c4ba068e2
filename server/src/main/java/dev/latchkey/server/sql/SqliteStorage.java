package dev.latchkey.server.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Where an embedded database is kept. */
sealed interface SqliteStorage permits SqliteFile, SqliteMemory {
    SqliteSettings settings();

    /** Makes room for the database where there is none. */
    void createIfMissing() throws IOException, SQLException;

    /** What makes the database itself, and not another under its name; null when it is gone. */
    @Nullable
    Object identity();

    /** Opens the connection that writes. */
    Sql openWriter() throws SQLException;

    /** Opens a connection that reads what was last committed. */
    Sql openReader() throws SQLException;

    /** Opens a connection and has it run the pragmas. */
    static Sql connect(String url, SqliteSettings settings, SQLiteOpenMode mode, String... pragmas)
            throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setReadOnly(mode == SQLiteOpenMode.READONLY);
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setBusyTimeout((int) settings.busyTimeout().toMillis());
        Connection connection = config.createConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma trusted_schema = off");
            statement.execute("pragma temp_store = memory");
            for (String pragma : pragmas) {
                statement.execute(pragma);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return new Sql(connection, Dialect.SQLITE);
    }
}
