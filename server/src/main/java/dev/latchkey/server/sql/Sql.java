package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements. Arguments are strings, numbers, booleans, byte arrays, {@link Instant}s
 * (stored as milliseconds since 1970) or null.
 *
 * <p>Every text is prepared once and kept, so texts are constants; values go into arguments. For one thread at a time.
 * A failure of the database itself is a {@link StoreUnavailableException}, after which this connection is
 * {@linkplain #isBroken() broken}; a statement that is wrong is an {@link IllegalStateException}.
 */
public final class Sql implements AutoCloseable {
    /** Far more than all stores have; a text that is put together from values would run into it. */
    private static final int MAX_STATEMENTS = 500;

    private static final Set<Integer> FLAG_TYPES = Set.of(Types.BIT, Types.BOOLEAN);

    private final Connection connection;
    private final Dialect dialect;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private @Nullable StoreUnavailableException broken;

    Sql(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    /** The one row that a query, or an {@code update … returning}, answers with; more are an error. */
    <T> Optional<T> one(String text, Mapper<T> mapper, @Nullable Object... arguments) {
        List<T> rows = list(text, mapper, arguments);
        if (rows.size() > 1) {
            throw new IllegalStateException("more than one row: " + text);
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** All rows that a query, or an {@code update … returning}, answers with. */
    <T> List<T> list(String text, Mapper<T> mapper, @Nullable Object... arguments) {
        try {
            PreparedStatement statement = prepare(text, arguments);
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>(1);
                Row row = new Row(result);
                while (result.next()) {
                    rows.add(mapper.map(row));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw failure(text, e);
        }
    }

    /** Runs a statement that changes something; answers how many rows it changed. */
    int update(String text, @Nullable Object... arguments) {
        try {
            return prepare(text, arguments).executeUpdate();
        } catch (SQLException e) {
            throw failure(text, e);
        }
    }

    /** The same, and none if there is no such table. */
    List<String> columnsOrNone(String table) {
        List<String> tables = list(dialect.tables(), row -> row.text("name"));
        return tables.contains(table) ? columns(table) : List.of();
    }

    /** The names of a table's columns, in their order. */
    List<String> columns(String table) {
        return columns(table, (_, _) -> true);
    }

    /** The names of those columns that hold true or false, where the engine has a type for that. */
    List<String> flags(String table) {
        return columns(table, (all, column) -> FLAG_TYPES.contains(all.getColumnType(column)));
    }

    private List<String> columns(String table, ColumnFilter filter) {
        String text = "select * from " + table + " where 1 = 0";
        // PostgreSQL's driver would prepare by name to describe a statement before it ran, and a pooler forgets the
        // name
        try (PreparedStatement statement = connection.prepareStatement(text);
                ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData columns = rows.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                if (filter.takes(columns, i)) {
                    names.add(columns.getColumnName(i));
                }
            }
            return names;
        } catch (SQLException e) {
            throw failure(text, e);
        }
    }

    private interface ColumnFilter {
        boolean takes(ResultSetMetaData columns, int number) throws SQLException;
    }

    /**
     * Ends a query whose rows must not change until this unit of work ends, so that what was read stays true. Empty where units
     * of work run one after the other.
     */
    String forShare() {
        return dialect.locksRows() ? " for share" : "";
    }

    /** Ends a query whose rows this unit of work is going to change. Empty where units of work run one after the other. */
    String forUpdate() {
        return dialect.locksRows() ? " for update" : "";
    }

    /**
     * Has this unit of work confirmed no sooner than what last changed the rows of the query. What was changed by a commit that
     * was never confirmed is seen by all, but may be on no standby yet; who finds that there is nothing left to change locks it, and
     * a lock is a change that the commit waits for. Nothing where a commit that is seen is durable.
     */
    void confirm(String query, @Nullable Object... arguments) {
        if (dialect.locksRows()) {
            list(query + " for share", _ -> true, arguments);
        }
    }

    /**
     * Has whoever begins an epoch wait for this unit of work, and then find what it has stored; or this one wait for him. He takes the
     * row of the epoch before all others, so this stands before whatever else locks rows.
     */
    void awaitEpoch() {
        if (dialect.locksRows()) {
            list("select id from epoch for share", _ -> true);
        }
    }

    /** Has units of work with the same lock, one of the table {@code locks}, run one after the other from here on. */
    void lock(String name) {
        if (dialect.locksRows() && update("update locks set taken = taken + 1 where name = ?", name) != 1) {
            throw new IllegalStateException("there is no lock " + name);
        }
    }

    /** Runs a statement that changes something once for each of the arguments. */
    void batch(String text, List<@Nullable Object[]> arguments) {
        try {
            for (@Nullable Object[] row : arguments) {
                prepare(text, row).addBatch();
            }
            prepare(text, arguments.getLast()).executeBatch();
        } catch (SQLException e) {
            throw failure(text, e);
        }
    }

    /** Whether the database failed under it: nothing more can be done with it than to close it. */
    boolean isBroken() {
        return broken != null;
    }

    /** Throws what it is broken by, also when the one who got it has swallowed it. */
    void requireUnbroken() {
        if (broken != null) {
            throw broken;
        }
    }

    Dialect dialect() {
        return dialect;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure("close", e);
        }
    }

    private PreparedStatement prepare(String text, @Nullable Object[] arguments) throws SQLException {
        if (broken != null) {
            throw new StoreUnavailableException("the store failed before", broken);
        }
        PreparedStatement statement = statements.get(text);
        if (statement == null) {
            if (statements.size() == MAX_STATEMENTS) {
                throw new IllegalStateException(
                        "too many different statements, is one put together from values? " + text);
            }
            statement = connection.prepareStatement(text);
            statements.put(text, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            bind(statement, i + 1, arguments[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object argument) throws SQLException {
        switch (argument) {
            case null -> statement.setNull(index, Types.NULL);
            case String value -> statement.setString(index, value);
            case Long value -> statement.setLong(index, value);
            case Integer value -> statement.setLong(index, value);
            case Boolean value -> statement.setBoolean(index, value);
            case byte[] value -> statement.setBytes(index, value);
            case Instant value -> statement.setLong(index, value.toEpochMilli());
            default -> throw new IllegalArgumentException("no column type for " + argument.getClass());
        }
    }

    /** What a failed statement is for its caller. */
    RuntimeException failure(String text, SQLException cause) {
        if (dialect.isConflict(cause)) {
            return new ConflictException(text, cause);
        }
        if (dialect.isUnavailable(cause)) {
            broken = new StoreUnavailableException("the store could not run a statement", cause);
            return broken;
        }
        return new IllegalStateException("the store does not accept: " + text, cause);
    }
}
