package dev.latchkey.server.command;

import dev.latchkey.token.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows for a person, in aligned columns, or for a program, as one JSON list of objects. */
final class Table {
    static final String JSON = "--json";
    private static final String GAP = "  ";

    private final List<String> columns;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    Table(String... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row: one value a column; a list prints with blanks between its items. */
    void add(Object... values) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), values[i]);
        }
        rows.add(row);
    }

    void print(Arguments arguments, Terminal terminal) {
        if (arguments.flag(JSON)) {
            terminal.out().println(Json.write(rows));
            return;
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns);
        rows.forEach(row -> lines.add(row.values().stream().map(Table::cell).toList()));
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                String cell = line.get(i);
                text.append(cell).repeat(' ', width(lines, i) - length(cell)).append(GAP);
            }
            terminal.out().println(text.toString().stripTrailing());
        }
    }

    private static String cell(Object value) {
        String text = value instanceof List<?> list
                ? String.join(" ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
        // names are other people's text: no line or colour of theirs may reach the terminal
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int width(List<List<String>> lines, int column) {
        return Collections.max(
                lines.stream().map(line -> length(line.get(column))).toList());
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
