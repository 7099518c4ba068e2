package dev.latchkey.server.user;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of a CSV file (RFC 4180), read strictly: a quote where none belongs, or a field too few or too many, refuses the row. */
final class UserImportCsv {
    private final UserImportLines lines;
    private List<String> columns = List.of();
    private boolean ended;

    UserImportCsv(UserImportLines lines) {
        this.lines = lines;
    }

    /** The next row after the header; empty at the end. */
    Optional<UserImportRow> next() {
        if (columns.isEmpty() && !ended) {
            try {
                columns = columns();
            } catch (UserImportException e) {
                ended = true;
                return Optional.of(UserImport.refused(Math.max(1, lines.number()), e));
            }
        }
        long begins = lines.number() + 1;
        try {
            Optional<String> text = ended ? Optional.empty() : record();
            begins = lines.number() - text.map(UserImportCsv::lineBreaks).orElse(0L);
            long line = begins;
            return text.map(row -> new UserImportRow.Accepted(line, UserImportFields.user(named(fields(row)))));
        } catch (UserImportException e) {
            return Optional.of(UserImport.refused(begins, e));
        }
    }

    private List<String> columns() {
        String header = record().orElseThrow(() -> new UserImportException("The file is empty."));
        List<String> names = fields(header);
        for (String name : names) {
            if (!UserImportFields.NAMES.contains(name)) {
                throw new UserImportException("The header names a column that is not known. Known are: "
                        + String.join(", ", UserImportFields.NAMES) + ".");
            }
        }
        if (new HashSet<>(names).size() < names.size() || !names.contains(UserImportFields.USERNAME)) {
            throw new UserImportException("The header must name each column once, and one of them username.");
        }
        return names;
    }

    /** The lines of one record, joined: while a quote is open, a line break belongs to the field. */
    private Optional<String> record() {
        Optional<String> line = lines.next();
        while (line.isPresent() && line.get().isBlank()) {
            line = lines.next();
        }
        if (line.isEmpty() || !opensQuote(line.get())) {
            return line;
        }
        StringBuilder record = new StringBuilder(line.get());
        boolean open = true;
        while (open) {
            Optional<String> more = lines.next();
            if (more.isEmpty() || record.length() + more.get().length() > UserImportLines.MAX_LENGTH) {
                throw new UserImportException("A quote is not closed.");
            }
            record.append('\n').append(more.get());
            open = !opensQuote(more.get());
        }
        return Optional.of(record.toString());
    }

    /** Whether a quote that is closed before the line is open after it. */
    private static boolean opensQuote(String line) {
        return line.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    private static long lineBreaks(String record) {
        return record.chars().filter(c -> c == '\n').count();
    }

    private Map<String, Object> named(List<String> fields) {
        if (fields.size() != columns.size()) {
            throw new UserImportException(
                    "The row has " + fields.size() + " fields and the header " + columns.size() + ".");
        }
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).isEmpty()) {
                row.put(columns.get(i), fields.get(i));
            }
        }
        return row;
    }

    static List<String> fields(String record) {
        List<String> fields = new ArrayList<>();
        int next = 0;
        do {
            next = record.startsWith("\"", next) ? quoted(record, next, fields) : plain(record, next, fields);
        } while (next <= record.length());
        return fields;
    }

    /** Reads a field without quotes; returns where the next one begins, past the end if there is none. */
    private static int plain(String record, int start, List<String> fields) {
        int comma = record.indexOf(',', start);
        int end = comma < 0 ? record.length() : comma;
        String field = record.substring(start, end);
        if (field.indexOf('"') >= 0) {
            throw new UserImportException("A field with a quote in it must be in quotes itself.");
        }
        fields.add(field);
        return end + 1;
    }

    private static int quoted(String record, int start, List<String> fields) {
        StringBuilder field = new StringBuilder();
        int from = start + 1;
        while (true) {
            int quote = record.indexOf('"', from);
            if (quote < 0) {
                throw new UserImportException("A quote is not closed.");
            }
            field.append(record, from, quote);
            if (!record.startsWith("\"", quote + 1)) {
                fields.add(field.toString());
                return endOfQuoted(record, quote + 1);
            }
            field.append('"');
            from = quote + 2;
        }
    }

    private static int endOfQuoted(String record, int end) {
        if (end < record.length() && record.charAt(end) != ',') {
            throw new UserImportException("After a field in quotes there must be a comma or the end of the row.");
        }
        return end + 1;
    }
}
