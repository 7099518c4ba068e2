package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.sql.Migrations.Script;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Script FIRST =
            new Script("0001-first.sql", "create table a (id text not null primary key)${table};\n");
    private static final Script SECOND = new Script("0002-second.sql", """
        -- a second; with a semicolon in the comment
        create table b (id text not null primary key)${table};
        insert into b (id) values ('x;y');
        """);

    private static final Script CONTRACTION = new Script("0003-third.sql", "-- contracts: 0002\ndrop table a;\n");
    private static final Script FOURTH =
            new Script("0004-fourth.sql", "create table d (id text not null primary key)${table};\n");

    private static final int ROUNDS = 50;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("latchkey.db");
    }

    private SqliteDatabase open(Script... scripts) {
        Migrations migrations = new Migrations(List.of(scripts), InstantSource.system());
        return SqliteDatabase.open(
                SqliteSettings.of(file).withPatience(PATIENCE, PATIENCE), migrations, StoreListener.NONE, () -> {});
    }

    private static List<String> ids(Database database, String table) {
        return database.read(sql -> sql.list("select id from " + table, row -> row.text("id")));
    }

    @Test
    void everyScriptOfTheFolderIsNamedAndInOrder() throws IOException, URISyntaxException {
        URL resources = Objects.requireNonNull(Migrations.class.getResource("migration"));
        try (Stream<Path> files = Files.list(Path.of(resources.toURI()))) {
            assertThat(files.map(script -> script.getFileName().toString()).sorted())
                    .isEqualTo(Migrations.NAMES)
                    .isNotEmpty()
                    .allMatch(name -> name.matches("\\d{4}-[a-z0-9-]+\\.sql"));
        }
        assertThat(Migrations.NAMES.stream().map(name -> Script.read(name).number()))
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void aNewVersionAddsItsScriptsAndKeepsTheData() {
        try (SqliteDatabase database = open(FIRST)) {
            database.run(tx -> database.in(tx).update("insert into a (id) values (?)", "kept"));
        }

        try (SqliteDatabase database = open(FIRST, SECOND)) {
            assertThat(ids(database, "a")).containsExactly("kept");
            assertThat(ids(database, "b")).containsExactly("x;y");
        }
        try (SqliteDatabase database = open(FIRST, SECOND)) {
            assertThat(ids(database, "b")).as("run once").containsExactly("x;y");
        }
    }

    @Test
    void aDatabaseThatANewerVersionHasOnlyAddedToServesTheOlderOne() {
        open(FIRST, SECOND).close();

        try (SqliteDatabase older = open(FIRST)) {
            older.run(tx -> older.in(tx).update("insert into a (id) values (?)", "written"));
            assertThat(ids(older, "a")).containsExactly("written");
        }
    }

    @Test
    void whatTakesSomethingAwayWaitsAndThenRefusesWhoNeededIt() {
        try (SqliteDatabase database = open(FIRST, SECOND, CONTRACTION, FOURTH)) {
            assertThat(ids(database, "a")).as("still there").isEmpty();
            assertThat(ids(database, "d")).as("does not wait for it").isEmpty();
        }
        open(FIRST).close();

        contract(FIRST, SECOND, CONTRACTION, FOURTH);

        assertThatThrownBy(() -> open(FIRST))
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("0003-third.sql")
                .hasMessageContaining("before schema 2")
                .hasMessageContaining("this version knows 1");
        open(FIRST, SECOND).close();
        open(FIRST, SECOND, CONTRACTION).close();
        try (SqliteDatabase database = open(FIRST, SECOND, CONTRACTION, FOURTH)) {
            assertThat(database.<List<String>>read(sql -> sql.columnsOrNone("a")))
                    .isEmpty();
        }
    }

    private void contract(Script... scripts) {
        try (SqliteDatabase database = open(scripts)) {
            Migrations migrations = new Migrations(List.of(scripts), InstantSource.system());
            database.run(tx -> {
                migrations.applyAll(database.in(tx));
                return true;
            });
        }
    }

    @Test
    void aStoreFromBeforeCompatibilityWasToldIsTakenOver() throws Exception {
        open(FIRST).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("alter table schema_version drop column compatible_from");
        }

        try (SqliteDatabase database = open(FIRST)) {
            assertThat(database.<List<String>>read(sql -> sql.columns("schema_version")))
                    .contains("compatible_from");
        }
    }

    @Test
    void whatOnlyAddsSaysNothingAndWhatTakesAwayNamesAnOlderSchema() {
        assertThat(SECOND.contracts()).isEmpty();
        assertThat(CONTRACTION.contracts()).hasValue(2);
        assertThat(Migrations.NAMES.stream().map(Script::read)).allSatisfy(script -> {
            assertThat(script.contracts().orElse(0)).isLessThan(script.number());
            if (takesAway(script)) {
                assertThat(script.contracts()).as(script.name()).isPresent();
            }
        });
    }

    /** As far as a pattern can tell. */
    private static boolean takesAway(Script script) {
        return Stream.of(
                        "(?is).*\\bdrop (table|column)\\b.*",
                        "(?is).*\\brename\\b.*",
                        "(?is).*\\balter column\\b.*",
                        "(?is).*\\badd column \\w+ [^;]*not null(?![^;]*default)[^;]*;.*")
                .anyMatch(pattern -> script.text().replaceAll("--.*", "").matches(pattern));
    }

    @Test
    void anEditedScriptIsRefused() {
        open(FIRST).close();

        assertThatThrownBy(() -> open(new Script(FIRST.name(), FIRST.text() + "-- edited\n"), SECOND))
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining("0001-first.sql");
        open(new Script(FIRST.name(), FIRST.text().replace("\n", "\r\n"))).close();
    }

    @Test
    void aScriptThatFailsLeavesNothing() {
        Script failing = new Script("0002-failing.sql", "create table b (id text)${bytes};\n");
        Script half = new Script("0002-half.sql", "create table b (id text);\ninsert into nowhere values (1);\n");
        open(FIRST).close();

        assertThatThrownBy(() -> open(FIRST, failing)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> open(FIRST, half)).isInstanceOf(IllegalStateException.class);

        try (SqliteDatabase database = open(FIRST, SECOND)) {
            assertThat(ids(database, "b")).hasSize(1);
        }
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefused() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("create table bookmarks (id text)");
        }

        assertThatThrownBy(() -> open(FIRST))
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining("another program");
    }

    /** On a file each time that is not there yet. Those who end at the same time take the files beside it away. */
    @Test
    @Timeout(120)
    void ofManyThatStartAtOnceOneMigratesAndAllServe() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            file = folder.resolve(round + ".db");
            List<Callable<List<String>>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                starts.add(() -> {
                    try (SqliteDatabase database = open(FIRST, SECOND)) {
                        return ids(database, "b");
                    }
                });
            }

            assertThat(UnitOfWorkContract.together(starts)).containsOnly(List.of("x;y"));
        }
    }
}
