package dev.latchkey.server.user;

import dev.latchkey.token.Json;
import dev.latchkey.token.JsonException;
import java.io.Reader;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads files of users row by row, in the memory of one row.
 *
 * <ul>
 *   <li>CSV by RFC 4180, its first row naming the columns: {@code username}, {@code password_hash}, {@code roles} (separated
 *       by blanks), {@code disabled}, {@code sub}, and claims by their names in OpenID Connect.
 *   <li>JSON, an object a line, with the same names; or a user of a Keycloak realm export ({@code jq -c '.users[]'}); or a row of
 *       Django's {@code dumpdata auth.user} ({@code jq -c '.[]'}).
 * </ul>
 *
 * <p>A row that is wrong is {@link UserImportRow.Refused} and the others are read on; a CSV file whose header is wrong is one refused
 * row. The streams are lazy, and fail with {@link java.io.UncheckedIOException} when the file cannot be read.
 */
public final class UserImport {
    private UserImport() {}

    /** The users of a CSV file. */
    public static Stream<UserImportRow> csv(Reader file) {
        UserImportCsv csv = new UserImportCsv(new UserImportLines(file));
        return stream(csv::next);
    }

    /** The users of a file of JSON objects, one a line. */
    public static Stream<UserImportRow> jsonLines(Reader file) {
        UserImportLines lines = new UserImportLines(file);
        return stream(() -> nextJsonLine(lines));
    }

    private static Optional<UserImportRow> nextJsonLine(UserImportLines lines) {
        try {
            Optional<String> line = lines.next();
            while (line.isPresent() && line.get().isBlank()) {
                line = lines.next();
            }
            return line.map(text -> new UserImportRow.Accepted(lines.number(), user(Json.parseObject(text))));
        } catch (UserImportException e) {
            return Optional.of(refused(lines.number(), e));
        } catch (JsonException e) {
            return Optional.of(new UserImportRow.Refused(
                    lines.number(), "The line is not a JSON object with a user: " + e.getMessage() + "."));
        }
    }

    private static ImportedUser user(Map<String, Object> row) {
        if (UserImportDjango.wrote(row)) {
            return UserImportFields.user(UserImportDjango.fields(row));
        }
        return UserImportFields.user(UserImportKeycloak.wrote(row) ? UserImportKeycloak.fields(row) : row);
    }

    static UserImportRow.Refused refused(long line, UserImportException e) {
        return new UserImportRow.Refused(line, String.valueOf(e.getMessage()));
    }

    private static Stream<UserImportRow> stream(Supplier<Optional<UserImportRow>> source) {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(
                new Spliterators.AbstractSpliterator<UserImportRow>(Long.MAX_VALUE, traits) {
                    @Override
                    public boolean tryAdvance(Consumer<? super UserImportRow> action) {
                        Optional<UserImportRow> row = source.get();
                        row.ifPresent(action);
                        return row.isPresent();
                    }
                },
                false);
    }
}
