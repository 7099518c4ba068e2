package dev.latchkey.server.sql;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies a store into an empty one, of another engine or the same, row by row, and compares the two: each table's rows are counted
 * and summed up in both. The source is only read. When it fails on the way the target holds a part, and is of no use.
 */
public final class StoreCopy {
    private static final int BATCH = 500;

    /** What a store has of its own and what nobody would miss. */
    private static final Set<String> NOT_COPIED = Set.of("schema_version", "locks", "sqlite_sequence");

    /** The tables that have their one row from the beginning. */
    static final Set<String> OF_ONE_ROW = Set.of("audit_removals", "epoch", "status_indexes");

    private final Sql source;
    private final Database target;

    private StoreCopy(Sql source, Database target) {
        this.source = source;
        this.target = target;
    }

    /**
     * A table after the copy.
     *
     * @param rows of the source
     * @param checksum of them, in whatever order
     * @param same whether the target has the same
     */
    public record Table(String name, long rows, String checksum, boolean same) {}

    /**
     * Copies and compares.
     *
     * @param from is left as it is
     * @param to made where it is missing
     * @throws UpkeepException when there is nothing to copy, it is in use, or the target is not empty
     */
    public static List<Table> copy(StoreSettings from, StoreSettings to, InstantSource clock) {
        List<Schema.Step> steps = new Schema(clock).steps(from);
        if (steps.stream().noneMatch(Schema.Step::applied)) {
            throw new UpkeepException("there is no store to copy: nothing is there, or it is empty");
        }
        if (steps.stream().anyMatch(step -> !step.applied() && !step.contracts())) {
            throw new UpkeepException(
                    "the source is not of the schema of this version: run latchkey migrate on it first");
        }
        if (StoreView.isInUse(from, clock)) {
            throw new UpkeepException("a server runs on the source, or did a moment ago: stop it, or copy a backup");
        }
        try (Database target = Database.open(to.patient(), clock, StoreListener.NONE)) {
            return StoreView.read(from.patient(), source -> copy(source, target))
                    .orElseThrow();
        }
    }

    private static List<Table> copy(Sql source, Database target) {
        StoreCopy copy = new StoreCopy(source, target);
        List<String> tables = copy.tables();
        tables.forEach(copy::requireRoom);
        tables.forEach(copy::copyTable);
        target.run(transaction -> {
            Sql sql = target.in(transaction);
            sql.dialect().continueIds().ifPresent(text -> sql.list(text, _ -> true));
            return true;
        });
        return tables.stream().map(copy::compare).toList();
    }

    /** In the order of the alphabet. */
    static List<String> tables(Sql sql) {
        Set<String> tables = new TreeSet<>(sql.list(sql.dialect().tables(), row -> row.text("name")));
        tables.removeAll(NOT_COPIED);
        return List.copyOf(tables);
    }

    private List<String> tables() {
        List<String> tables = tables(source);
        List<String> there = target.read(StoreCopy::tables);
        if (!tables.equals(there)) {
            throw new UpkeepException("the two stores have not the same tables: " + tables + " and " + there);
        }
        return tables;
    }

    private void requireRoom(String table) {
        Set<String> columns = new TreeSet<>(source.columns(table));
        Set<String> there = new TreeSet<>(target.<List<String>>read(sql -> sql.columns(table)));
        if (!columns.equals(there)) {
            throw new UpkeepException("the two stores have not the same columns in " + table);
        }
        boolean empty = target.read(sql -> sql.list("select 1 as n from " + table + " limit 1", _ -> true))
                .isEmpty();
        if (!empty && !OF_ONE_ROW.contains(table)) {
            throw new UpkeepException("the target is not empty: it has rows in " + table);
        }
    }

    private void copyTable(String table) {
        TableRows rows = TableRows.of(source, table);
        Set<String> flags = Set.copyOf(target.<List<String>>read(sql -> sql.flags(table)));
        rows.forEachPage(source, BATCH, page -> {
            List<@Nullable Object[]> values =
                    page.stream().map(row -> row.values(flags)).collect(Collectors.toCollection(ArrayList::new));
            target.run(transaction -> {
                write(target.in(transaction), table, rows.columns(), values);
                return true;
            });
        });
    }

    private static void write(Sql sql, String table, List<String> columns, List<@Nullable Object[]> rows) {
        if (OF_ONE_ROW.contains(table)) {
            rows.forEach(row -> replace(sql, table, columns, row));
            return;
        }
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        sql.batch("insert into " + table + " (" + String.join(", ", columns) + ") values (" + marks + ")", rows);
    }

    /** Only where it differs: the audit trail's mark can be raised, and not set to what it is. */
    private static void replace(Sql sql, String table, List<String> columns, @Nullable Object[] row) {
        String assignments = columns.stream().map(column -> column + " = ?").collect(Collectors.joining(", "));
        String differences = columns.stream().map(column -> column + " <> ?").collect(Collectors.joining(" or "));
        List<@Nullable Object> arguments = new ArrayList<>();
        Collections.addAll(arguments, row);
        Collections.addAll(arguments, row);
        sql.update(
                "update " + table + " set " + assignments + " where " + differences,
                arguments.toArray(new @Nullable Object[0]));
    }

    private Table compare(String table) {
        TableSum here = TableRows.of(source, table).sum(source, BATCH);
        TableSum there = target.read(sql -> TableRows.of(sql, table).sum(sql, BATCH));
        return new Table(table, here.rows(), here.checksum(), here.equals(there));
    }
}
