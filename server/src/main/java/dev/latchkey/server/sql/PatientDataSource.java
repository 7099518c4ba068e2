package dev.latchkey.server.sql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for a pool, and keeps trying while the database is away. The pool itself would wait longer after each
 * failure, up to 5 seconds, and so find a database that is back 5 seconds late. Whoever waits for a connection is not held up:
 * the pool opens them on a thread of its own. Safe for many threads.
 */
final class PatientDataSource implements DataSource, AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(3);

    private final Driver driver;
    private final String url;
    private final Properties properties;
    private volatile @Nullable SQLException failure;
    private volatile boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param properties of the driver, with user and password
     */
    PatientDataSource(Driver driver, String url, Properties properties) {
        this.driver = driver;
        this.url = url;
        this.properties = properties;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Connection connection = driver.connect(url, properties);
                failure = null;
                return connection;
            } catch (SQLException e) {
                failure = e;
                if (isRefusal(e) || System.nanoTime() - end > 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            if (closed) {
                throw new SQLException("the pool is closed");
            }
        }
    }

    /** A wrong password or database does not get right by asking often: classes 28 and 3D of SQLSTATE. */
    private static boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("28") || state.startsWith("3D"));
    }

    /** Why there is no connection at the moment; null while there is nothing to complain of. */
    @Nullable
    SQLException failure() {
        return failure;
    }

    /** The pool's own are in the properties. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the properties have one
    }

    /** How long the pool waits at its end for a connection that is being opened. */
    @Override
    public int getLoginTimeout() {
        return (int) PATIENCE_AT_END.toSeconds();
    }

    /** Gives up what is being tried; before the pool is closed. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
