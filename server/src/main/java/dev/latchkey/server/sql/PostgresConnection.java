package dev.latchkey.server.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.server.protocol.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;

/** A connection on loan from the pool, for one thread; closing gives it back, or away when it is of no more use. */
final class PostgresConnection implements AutoCloseable {
    private final HikariDataSource pool;
    private final Connection connection;
    private final Sql sql;
    private boolean useless;

    PostgresConnection(HikariDataSource pool, Connection connection) {
        this.pool = pool;
        this.connection = connection;
        this.sql = new Sql(connection, Dialect.POSTGRES);
    }

    Sql sql() {
        return sql;
    }

    void begin() {
        try {
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw sql.failure("begin", e);
        }
    }

    /** Makes the changes durable; when it throws, they may be or not. */
    void commit() {
        try {
            connection.clearWarnings();
            connection.commit();
            SQLWarning warning = connection.getWarnings();
            if (warning != null) {
                // that the wait for the standby was cut short comes as no more than a warning: it is durable here, and
                // would be lost if the standby took over
                throw new StoreUnavailableException("the commit was not confirmed", warning);
            }
        } catch (SQLException e) {
            useless = true;
            throw sql.failure("commit", e);
        }
    }

    /** Undoes the changes, which the database does by itself where it cannot be told. */
    void rollback() {
        try {
            connection.rollback();
        } catch (SQLException _) {
            useless = true;
        }
    }

    @Override
    public void close() {
        if (useless || sql.isBroken()) {
            pool.evictConnection(connection);
        }
        try {
            connection.close();
        } catch (SQLException _) {
            // the pool has taken note of it, and opens another
        }
    }
}
