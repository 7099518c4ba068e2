package dev.latchkey.server.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.latchkey.server.protocol.StoreUnavailableException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;

/** The connections to one role of a database: to the server that takes writes, or to a copy that is only read. */
final class PostgresPool implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(15);

    /** The least that the pool accepts. */
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(250);

    private final HikariDataSource connections;
    private final PatientDataSource source;
    /** Whether the pool opens connections also while nobody waits for one. */
    private final boolean keepsSome;
    /** Whether the last who waited waited in vain, and none can be opened. */
    private volatile boolean away;
    /** To wait all the same, where none is opened unless somebody waits. */
    private final Semaphore lookout = new Semaphore(1);

    private PostgresPool(HikariDataSource connections, PatientDataSource source, boolean keepsSome) {
        this.connections = connections;
        this.source = source;
        this.keepsSome = keepsSome;
    }

    static PostgresPool ofPrimary(PostgresSettings settings, StoreListener listener) {
        return of(settings, settings.location(), "primary", listener);
    }

    /** Which keeps none that nobody uses: only commands read what may be late. */
    static PostgresPool ofReplica(PostgresSettings settings, PostgresLocation location, StoreListener listener) {
        return of(settings.withConnections(settings.connections(), 0), location, "preferSecondary", listener);
    }

    /** By its address and not by its class, whose annotations the compiler does not find. */
    private static Driver driver(String url) {
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new IllegalStateException("the driver of PostgreSQL is missing", e);
        }
    }

    private static PostgresPool of(
            PostgresSettings settings, PostgresLocation location, String role, StoreListener listener) {
        String url = location.jdbcUrl();
        PatientDataSource source = new PatientDataSource(driver(url), url, driver(settings, location, role));
        HikariConfig config = new HikariConfig();
        config.setPoolName(role.equals("primary") ? "store" : "replica");
        config.setDataSource(source);
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(settings.idleConnections());
        if (settings.idleConnections() < settings.connections()) {
            config.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        }
        config.setMaxLifetime(MAX_LIFETIME.toMillis());
        config.setConnectionTimeout(
                Math.max(LEAST_PATIENCE.toMillis(), settings.patience().toMillis()));
        config.setValidationTimeout(Math.clamp(settings.patience().toMillis() / 2, LEAST_PATIENCE.toMillis(), 1_000));
        config.setInitializationFailTimeout(-1); // a database that is away is no reason not to start
        config.setAutoCommit(true);
        HikariDataSource pool = new HikariDataSource(config);
        listener.poolOpened(config.getPoolName(), () -> use(pool));
        return new PostgresPool(pool, source, settings.idleConnections() > 0);
    }

    private static StoreListener.PoolUse use(HikariDataSource pool) {
        HikariPoolMXBean counts = pool.getHikariPoolMXBean();
        return new StoreListener.PoolUse(
                counts.getActiveConnections(), counts.getIdleConnections(), counts.getThreadsAwaitingConnection());
    }

    /** https://jdbc.postgresql.org/documentation/use/ names and explains them. */
    private static Properties driver(PostgresSettings settings, PostgresLocation location, String role) {
        Properties driver = new Properties();
        driver.setProperty("user", location.user());
        location.password().ifPresent(password -> driver.setProperty("password", password));
        driver.setProperty("targetServerType", role);
        driver.setProperty("hostRecheckSeconds", "1"); // or a fail-over would be noticed 10 seconds late
        driver.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
        driver.setProperty("loginTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
        driver.setProperty(
                "socketTimeout",
                String.valueOf(Math.max(1, settings.socketTimeout().toSeconds())));
        driver.setProperty("cancelSignalTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty("ApplicationName", "latchkey");
        driver.setProperty("logServerErrorDetail", "false"); // it can tell what a row contains
        if (settings.pooled()) {
            driver.setProperty("prepareThreshold", "0"); // the next transaction may be on another connection
        } else {
            driver.setProperty("prepareThreshold", "2");
            driver.setProperty("options", options(settings));
        }
        return driver;
    }

    private static String options(PostgresSettings settings) {
        long statement = settings.statementTimeout().toMillis();
        return "-c statement_timeout=" + statement
                + " -c lock_timeout=" + settings.lockTimeout().toMillis()
                // whoever was cut off in the middle must not hold its rows for longer than others can wait
                + " -c idle_in_transaction_session_timeout=" + statement;
    }

    /**
     * Borrows a connection. While the database is known to be away hardly anybody waits for one: who is told so at once comes again soon,
     * perhaps to an instance that can reach it, and has not spent the refresh grace here.
     *
     * @throws StoreUnavailableException when there is none in time
     */
    PostgresConnection take() {
        if (Thread.currentThread().isInterrupted()) {
            throw new StoreUnavailableException("interrupted before there was a connection");
        }
        if (!away || connections.getHikariPoolMXBean().getIdleConnections() > 0) {
            return waitForOne();
        }
        if (keepsSome || !lookout.tryAcquire()) {
            SQLException why = source.failure();
            throw why == null
                    ? new StoreUnavailableException("the store was away until now")
                    : new StoreUnavailableException("the store is away", why);
        }
        try {
            return waitForOne();
        } finally {
            lookout.release();
        }
    }

    private PostgresConnection waitForOne() {
        try {
            Connection connection = connections.getConnection();
            away = false;
            return new PostgresConnection(connections, connection);
        } catch (SQLException e) {
            SQLException why = source.failure();
            away = why != null;
            throw new StoreUnavailableException("no connection to the store", why == null ? e : why);
        }
    }

    @Override
    public void close() {
        source.close();
        connections.close();
    }
}
