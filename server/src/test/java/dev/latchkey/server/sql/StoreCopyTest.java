package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.TimedEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one store into another, with rows in every table that there is. */
class StoreCopyTest {
    /** More than two pages. */
    private static final int ROWS = 1_203;

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    /** Columns of numbers that can only be 0 and 1. */
    private static final Set<String> FLAGS = Set.of("disabled", "is_copy");

    @TempDir
    private Path folder = Path.of("");

    private record Column(String name, boolean text, boolean nullable, boolean key) {
        @Nullable
        Object value(int row) {
            if (nullable && row % 2 == 0) {
                return null;
            }
            if (FLAGS.contains(name)) {
                return row % 2;
            }
            // many bytes a letter, in an order that depends on who compares
            return text
                    ? (row % 3 == 0 ? "ä" : row % 3 == 1 ? "Z" : "a") + "'\"\\ 🗝 " + name + row
                    : (Object) (NOW.toEpochMilli() + row);
        }
    }

    private SqliteSettings file(String name) {
        return SqliteSettings.of(folder.resolve(name)).withoutDurability();
    }

    private SqliteSettings filled(String name) {
        SqliteSettings settings = file(name);
        try (Database database = Database.open(settings, CLOCK, StoreListener.NONE)) {
            List<String> tables = database.read(StoreCopy::tables);
            database.run(tx -> {
                tables.forEach(table -> fill(database.in(tx), table));
                return true;
            });
        }
        return settings;
    }

    private static void fill(Sql sql, String table) {
        List<Column> columns = sql.list(
                "select name, type, \"notnull\", pk from pragma_table_info(?)",
                row -> new Column(
                        row.text("name"),
                        row.text("type").equalsIgnoreCase("text"),
                        !row.flag("notnull"),
                        row.number("pk") > 0),
                table);
        if (StoreCopy.OF_ONE_ROW.contains(table)) {
            columns.stream()
                    .filter(column -> !column.key())
                    .forEach(column -> sql.update(
                            "update " + table + " set " + column.name() + " = ?",
                            column.value(FLAGS.contains(column.name()) ? 0 : 77)));
            return;
        }
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String marks = columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
        for (int i = 1; i <= ROWS; i++) {
            int row = i;
            sql.update(
                    "insert into " + table + " (" + names + ") values (" + marks + ")",
                    columns.stream().map(column -> column.value(row)).toArray());
        }
    }

    private static Map<String, TableSum> sums(StoreSettings settings) {
        return StoreView.read(settings, sql -> {
                    Map<String, TableSum> sums = new TreeMap<>();
                    StoreCopy.tables(sql)
                            .forEach(table ->
                                    sums.put(table, TableRows.of(sql, table).sum(sql, 100)));
                    return sums;
                })
                .orElseThrow();
    }

    private static void isWhole(List<StoreCopy.Table> copied, Map<String, TableSum> sums) {
        assertThat(copied).allMatch(StoreCopy.Table::same);
        assertThat(copied.stream().map(StoreCopy.Table::name)).containsExactlyElementsOf(sums.keySet());
        assertThat(copied).allSatisfy(table -> {
            assertThat(table.rows()).as(table.name()).isEqualTo(StoreCopy.OF_ONE_ROW.contains(table.name()) ? 1 : ROWS);
            assertThat(table.checksum())
                    .isEqualTo(Objects.requireNonNull(sums.get(table.name())).checksum());
        });
    }

    private static void auditGoesOn(StoreSettings settings) {
        try (Database database = Database.open(settings, CLOCK, StoreListener.NONE)) {
            List<TimedEvent> events = List.of(new TimedEvent(NOW, AuditEvent.of(AuditEvent.Type.LOGIN)));
            database.run(tx -> {
                new SqlAuditStore(database).append(tx, events);
                return true;
            });
            long newest = database.read(
                            sql -> sql.one("select max(id) as id from audit_events", row -> row.number("id")))
                    .orElseThrow();
            assertThat(newest).isEqualTo(NOW.toEpochMilli() + ROWS + 1);
        }
    }

    @Test
    void everyTableIsTheSameInAnotherFile() {
        SqliteSettings source = filled("source.db");
        Map<String, TableSum> before = sums(source);
        SqliteSettings target = file("target.db");

        List<StoreCopy.Table> copied = StoreCopy.copy(source, target, CLOCK);

        isWhole(copied, before);
        assertThat(sums(target)).isEqualTo(before);
        assertThat(sums(source)).as("unchanged").isEqualTo(before);
        auditGoesOn(target);
    }

    @Test
    void everyTableIsTheSameInPostgresAndBackInAFile() {
        SqliteSettings source = filled("source.db");
        Map<String, TableSum> before = sums(source);
        PostgresLocation location = TestPostgres.freshSchema();
        try {
            PostgresSettings postgres = TestPostgres.settings(location);
            isWhole(StoreCopy.copy(source, postgres, CLOCK), before);
            assertThat(sums(postgres)).isEqualTo(before);
            SqliteSettings back = file("back.db");
            isWhole(StoreCopy.copy(postgres, back, InstantSource.fixed(NOW.plus(Duration.ofDays(1)))), before);
            assertThat(sums(back)).isEqualTo(before);
            auditGoesOn(postgres);
            auditGoesOn(back);
        } finally {
            TestPostgres.dropSchema(location);
        }
    }

    @Test
    void aTargetThatHoldsSomethingIsLeftAlone() {
        SqliteSettings source = filled("source.db");
        SqliteSettings target = filled("target.db");
        Map<String, TableSum> before = sums(target);

        assertThatThrownBy(() -> StoreCopy.copy(source, target, CLOCK))
                .isInstanceOf(UpkeepException.class)
                .hasMessageContaining("the target is not empty");
        assertThatThrownBy(() -> StoreCopy.copy(source, source, CLOCK)).isInstanceOf(UpkeepException.class);

        assertThat(sums(target)).isEqualTo(before);
        assertThat(sums(source)).isEqualTo(before);
    }

    @Test
    void aSourceInUseIsNotCopied() {
        SqliteSettings source = filled("source.db");
        try (Database _ = Database.open(source, CLOCK, StoreListener.NONE)) {
            assertThatThrownBy(() -> StoreCopy.copy(source, file("target.db"), CLOCK))
                    .isInstanceOf(UpkeepException.class)
                    .hasMessageContaining("a server runs on the source");
        }
        assertThat(Files.exists(folder.resolve("target.db"))).isFalse();
    }

    @Test
    void aSharedSourceThatWasSeenAMomentAgoIsNotCopied() {
        PostgresLocation location = TestPostgres.freshSchema();
        try {
            PostgresSettings postgres = TestPostgres.settings(location);
            try (Database database = Database.open(postgres, CLOCK, StoreListener.NONE)) {
                database.run(tx -> {
                    new SqlServiceTimeStore(database).saveLastSeen(tx, NOW.minusSeconds(3));
                    return true;
                });
            }
            assertThatThrownBy(() -> StoreCopy.copy(postgres, file("target.db"), CLOCK))
                    .isInstanceOf(UpkeepException.class)
                    .hasMessageContaining("a server runs on the source");
            assertThat(StoreCopy.copy(postgres, file("target.db"), InstantSource.fixed(NOW.plusSeconds(3))))
                    .allMatch(StoreCopy.Table::same);
        } finally {
            TestPostgres.dropSchema(location);
        }
    }

    @Test
    void nothingAndAnOlderSchemaAreNotCopied() {
        assertThatThrownBy(() -> StoreCopy.copy(file("nowhere.db"), file("target.db"), CLOCK))
                .isInstanceOf(UpkeepException.class)
                .hasMessageContaining("there is no store to copy");
        Migrations older =
                new Migrations(List.of(Migrations.Script.read(Migrations.NAMES.getFirst())), InstantSource.system());
        SqliteSettings source = file("older.db");
        SqliteDatabase.open(source, older, StoreListener.NONE, () -> {}).close();
        assertThatThrownBy(() -> StoreCopy.copy(source, file("target.db"), CLOCK))
                .isInstanceOf(UpkeepException.class)
                .hasMessageContaining("run latchkey migrate");
    }

    @Test
    void theSumTellsEveryDifferenceButTheOrder() {
        TreeMap<String, @Nullable Object> row = new TreeMap<>(Map.of("a", "x", "b", 1L));
        TreeMap<String, @Nullable Object> other = new TreeMap<>(Map.of("a", "x", "b", 2L));
        TreeMap<String, @Nullable Object> absent = new TreeMap<>(row);
        absent.put("b", null);
        TreeMap<String, @Nullable Object> text = new TreeMap<>(Map.of("a", "x", "b", "1"));
        TreeMap<String, @Nullable Object> moved = new TreeMap<>(Map.of("a", "xb", "b", 1L));

        List<TableSum> sums = new ArrayList<>();
        for (TreeMap<String, @Nullable Object> each : List.of(row, other, absent, text, moved)) {
            sums.add(TableSum.NOTHING.with(each));
        }
        sums.add(TableSum.NOTHING);
        sums.add(TableSum.NOTHING.with(row).with(row));

        assertThat(sums).doesNotHaveDuplicates();
        assertThat(TableSum.NOTHING.with(row).with(other))
                .isEqualTo(TableSum.NOTHING.with(other).with(row));
    }
}
