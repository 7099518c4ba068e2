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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final Script FIRST =
            new Script("0001-first.sql", "create table a (id text not null primary key)${table};\n");
    private static final Script SECOND = new Script("0002-second.sql", """
        -- a second; with a semicolon in the comment
        create table b (id text not null primary key)${table};
        insert into b (id) values ('x;y');
        """);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("latchkey.db");
    }

    private SqliteDatabase open(Script... scripts) {
        Migrations migrations = new Migrations(List.of(scripts), InstantSource.system());
        return SqliteDatabase.open(SqliteSettings.of(file), migrations, StoreListener.NONE, () -> {});
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
    void aDatabaseOfANewerVersionIsRefused() {
        open(FIRST, SECOND).close();

        assertThatThrownBy(() -> open(FIRST))
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining("newer version")
                .hasMessageContaining("its schema is 2");
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

    @Test
    void ofManyThatStartAtOnceOneMigratesAndAllServe() throws Exception {
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
