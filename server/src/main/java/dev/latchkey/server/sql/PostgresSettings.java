package dev.latchkey.server.sql;

import java.time.Duration;
import java.util.Optional;

/**
 * How PostgreSQL, or what speaks its protocol, is reached.
 *
 * @param location where it is and who asks
 * @param connections how many are open at most
 * @param idleConnections how many are kept open when there is nothing to do
 * @param patience how long a caller waits for a connection
 * @param statementTimeout after which the database gives up a statement
 * @param lockTimeout how long a statement waits for a row that another one changes
 * @param pooled whether a pooler stands between that gives each transaction another connection
 * @param replica a copy for reads that may be late
 */
public record PostgresSettings(
        PostgresLocation location,
        int connections,
        int idleConnections,
        Duration patience,
        Duration statementTimeout,
        Duration lockTimeout,
        boolean pooled,
        Optional<PostgresLocation> replica)
        implements StoreSettings {
    /** How much longer than the database itself the connection waits for its answer. */
    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(2);

    private static final Duration UPKEEP_TIMEOUT = Duration.ofHours(1);

    public PostgresSettings {
        if (connections < 1 || idleConnections < 0 || idleConnections > connections) {
            throw new IllegalArgumentException("connections is at least 1, and idleConnections not more");
        }
        if (patience.toMillis() < 1 || statementTimeout.toMillis() < 1 || lockTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("time-outs are positive");
        }
    }

    /**
     * The settings that a server runs with. Waiting for a connection and for an answer together take less than the refresh
     * grace, so that a client that is told to come again is not taken for a thief.
     */
    public static PostgresSettings of(PostgresLocation location) {
        return new PostgresSettings(
                location,
                16,
                16,
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                false,
                Optional.empty());
    }

    @Override
    public PostgresSettings patient() {
        return new PostgresSettings(location, 2, 0, patience, UPKEEP_TIMEOUT, lockTimeout, pooled, replica);
    }

    public PostgresSettings withConnections(int most, int idle) {
        return new PostgresSettings(location, most, idle, patience, statementTimeout, lockTimeout, pooled, replica);
    }

    public PostgresSettings withPatience(Duration forConnection) {
        return new PostgresSettings(
                location, connections, idleConnections, forConnection, statementTimeout, lockTimeout, pooled, replica);
    }

    /** After which a connection that does not answer is given up. */
    Duration socketTimeout() {
        return statementTimeout.plus(ANSWER_MARGIN);
    }
}
