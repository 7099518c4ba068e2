package dev.latchkey.server.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a table, whatever it is, page by page in the order of its key, so that none is read twice and memory does not matter.
 *
 * @param columns in the order of the alphabet, which is the same in every engine
 * @param key the columns of the primary key
 */
record TableRows(String table, List<String> columns, List<String> key) {
    static TableRows of(Sql sql, String table) {
        List<String> columns = sql.columns(table).stream().sorted().toList();
        List<String> key = sql.list(sql.dialect().primaryKey(), row -> row.text("name"), table);
        if (key.isEmpty()) {
            throw new IllegalStateException("the table " + table + " has no primary key");
        }
        return new TableRows(table, columns, key);
    }

    /** The values of a row by column: strings, numbers, bytes and null. */
    record Values(TreeMap<String, @Nullable Object> byColumn) {
        /** In the order of the columns; numbers of the given ones become true or false. */
        @Nullable
        Object[] values(Set<String> flags) {
            List<@Nullable Object> values = new ArrayList<>();
            byColumn.forEach((column, value) -> values.add(
                    value instanceof Long number && flags.contains(column) ? Boolean.valueOf(number != 0) : value));
            return values.toArray(new @Nullable Object[0]);
        }
    }

    void forEachPage(Sql sql, int size, Consumer<List<Values>> consumer) {
        String names = String.join(", ", columns);
        String order = String.join(", ", key);
        String marks = String.join(", ", Collections.nCopies(key.size(), "?"));
        String select = "select " + names + " from " + table;
        String end = " order by " + order + " limit " + size;
        List<Values> page = sql.list(select + end, this::values);
        while (!page.isEmpty()) {
            consumer.accept(page);
            Map<String, @Nullable Object> last = page.getLast().byColumn();
            page = page.size() < size
                    ? List.of()
                    : sql.list(
                            select + " where (" + order + ") > (" + marks + ")" + end,
                            this::values,
                            key.stream().map(last::get).toArray());
        }
    }

    private Values values(Row row) throws SQLException {
        TreeMap<String, @Nullable Object> values = new TreeMap<>();
        for (String column : columns) {
            values.put(column, row.value(column));
        }
        return new Values(values);
    }

    TableSum sum(Sql sql, int pageSize) {
        AtomicReference<TableSum> sum = new AtomicReference<>(TableSum.NOTHING);
        forEachPage(sql, pageSize, page -> page.forEach(row -> sum.set(sum.get().with(row.byColumn()))));
        return sum.get();
    }
}
