package dev.latchkey.server.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result, read by column name. Not to be kept after the mapper that was given it has returned.
 *
 * <p>Times are stored as milliseconds since 1970.
 */
final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    String text(String column) throws SQLException {
        return present(column, result.getString(column));
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return result.getString(column);
    }

    byte[] bytes(String column) throws SQLException {
        return present(column, result.getBytes(column));
    }

    byte @Nullable [] bytesOrNull(String column) throws SQLException {
        return result.getBytes(column);
    }

    long number(String column) throws SQLException {
        long value = result.getLong(column);
        if (value == 0 && result.wasNull()) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }

    @Nullable
    Long numberOrNull(String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : value;
    }

    /** Whatever is there: a string, a number, bytes or null; true and false are the numbers 1 and 0, as in SQLite. */
    @Nullable
    Object value(String column) throws SQLException {
        Object value = result.getObject(column);
        return switch (value) {
            case Integer number -> number.longValue();
            case Boolean flag -> flag ? 1L : 0L;
            case null, default -> value;
        };
    }

    boolean flag(String column) throws SQLException {
        return result.getBoolean(column);
    }

    Instant instant(String column) throws SQLException {
        return Instant.ofEpochMilli(number(column));
    }

    @Nullable
    Instant instantOrNull(String column) throws SQLException {
        long value = result.getLong(column);
        return result.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    private static <T> T present(String column, @Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }
}
