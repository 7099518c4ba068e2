package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.TestServer;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can happen to a database file under a running server: it is told as unavailable, and passes without a restart. */
class SqliteTroubleTest {
    @TempDir
    Path folder;

    private Path file;
    private SqliteDatabase database;
    private final List<StoreListener.Batch> batches = new ArrayList<>();

    @BeforeEach
    void openWithANote() {
        file = folder.resolve("data/latchkey.db");
        database = open(SqliteSettings.of(file).withPatience(Duration.ofSeconds(60), Duration.ofMillis(50)));
        write("kept");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private SqliteDatabase open(SqliteSettings settings) {
        return SqliteDatabase.open(settings, UnitOfWorkContract.ONE_TABLE, batches::add, () -> {});
    }

    private void write(String name) {
        run(tx -> UnitOfWorkContract.write(database, tx, name));
    }

    private <T> T run(Function<Transaction, T> work) {
        return database.run(work);
    }

    private List<String> names() {
        return UnitOfWorkContract.names(database);
    }

    private void assertThatWritingIsRefused() {
        assertThatThrownBy(() -> write("refused")).isInstanceOf(StoreUnavailableException.class);
    }

    private void assertThatAllIsWell() {
        write("later");
        assertThat(names()).containsExactly("kept", "later");
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    @Test
    void aLockOfAnotherProcessThatLastsIsUnavailabilityForWritesOnly() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file + TestServer.PATIENT_CONNECTION);
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");

            assertThatWritingIsRefused();
            assertThat(names()).containsExactly("kept");

            statement.execute("rollback");
        }
        assertThatAllIsWell();
    }

    @Test
    void aFileThatIsMovedAwayAndBackHasEverythingThatWasAnswered() throws IOException {
        Path elsewhere = folder.resolve("elsewhere.db");
        Files.move(file, elsewhere);

        assertThatWritingIsRefused();
        assertThatThrownBy(this::names).isInstanceOf(StoreUnavailableException.class);
        assertThat(file).as("no empty database takes its place").doesNotExist();
        assertThat(beside("-wal")).as("nothing is left that belongs to it").isEmptyFile();

        Files.move(elsewhere, file);
        assertThatAllIsWell();
    }

    @Test
    void aDeletedDatabaseIsNotReplacedByAnEmptyOne() throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.delete(beside(suffix));
        }

        assertThatWritingIsRefused();
        assertThatWritingIsRefused();

        assertThat(file).doesNotExist();
    }

    @Test
    void aDeletedLogCostsNothingThatWasAnswered() throws IOException {
        Files.delete(beside("-wal"));

        assertThatWritingIsRefused();
        assertThatAllIsWell();
    }

    @Test
    void aDatabaseOfAnotherSchemaInItsPlaceIsRefused() throws IOException, SQLException {
        Path stranger = folder.resolve("stranger.db");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + stranger);
                Statement statement = other.createStatement()) {
            statement.execute("create table note (name text)");
        }
        Path original = folder.resolve("original.db");
        Files.move(file, original);
        Files.move(stranger, file);

        assertThatWritingIsRefused();
        assertThatWritingIsRefused();
        assertThatThrownBy(this::names).isInstanceOf(StoreUnavailableException.class);

        Files.move(original, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatAllIsWell();
    }

    @Test
    void aFullDatabaseRefusesAndGoesOnWhenThereIsRoom() {
        assertThatThrownBy(() -> run(tx -> {
                    Sql sql = database.in(tx);
                    long pages = sql.one("pragma page_count", row -> row.number("page_count"))
                            .orElseThrow();
                    sql.list("pragma max_page_count = " + pages, row -> row.number("max_page_count"));
                    return sql.update(
                            "insert into note (name, version, taken, content) values (?, 1, ?, ?)",
                            "big",
                            false,
                            new byte[100_000]);
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasRootCauseInstanceOf(SQLException.class);

        assertThat(batches.getLast().stored()).isFalse();
        assertThatAllIsWell();
    }

    @Test
    void aReadOnlyDatabaseRefusesAndGoesOnWhenItIsNot() {
        assertThatThrownBy(() -> run(tx -> {
                    database.in(tx).update("pragma query_only = 1");
                    return UnitOfWorkContract.write(database, tx, "refused");
                }))
                .isInstanceOf(StoreUnavailableException.class);

        assertThatAllIsWell();
    }

    @Test
    void workThatSwallowsTheFailureOfTheDatabaseIsRefusedAllTheSame() {
        assertThatThrownBy(() -> run(tx -> {
                    database.in(tx).update("pragma query_only = 1");
                    try {
                        UnitOfWorkContract.write(database, tx, "refused");
                    } catch (StoreUnavailableException e) {
                        assertThatThrownBy(() -> UnitOfWorkContract.write(database, tx, "again"))
                                .isInstanceOf(StoreUnavailableException.class);
                    }
                    return "all is well";
                }))
                .isInstanceOf(StoreUnavailableException.class);

        assertThatAllIsWell();
    }

    @Test
    void neighboursOfWorkThatTheDatabaseFailedUnderAreToldSo() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = executor.submit(() -> run(tx -> {
                started.countDown();
                UnitOfWorkContract.await(goOn);
                return UnitOfWorkContract.write(database, tx, "first");
            }));
            started.await();
            Future<Integer> second = executor.submit(() -> run(tx -> {
                database.in(tx).update("pragma query_only = 1");
                return database.in(tx).update("delete from note");
            }));
            while (database.waiting() == 0) {
                Thread.onSpinWait();
            }
            goOn.countDown();

            assertThatThrownBy(first::get).hasCauseInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(second::get).hasCauseInstanceOf(StoreUnavailableException.class);
        }
        assertThatAllIsWell();
    }

    @Test
    void tooMuchThatWaitsIsRefusedAtOnce() throws Exception {
        database.close();
        database = open(
                SqliteSettings.of(file).withMaxWaiting(1).withPatience(Duration.ofSeconds(60), Duration.ofSeconds(60)));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> runs = executor.submit(() -> run(tx -> {
                started.countDown();
                UnitOfWorkContract.await(goOn);
                return UnitOfWorkContract.write(database, tx, "later");
            }));
            started.await();
            Future<Integer> waits = executor.submit(() -> run(tx -> 1));
            while (database.waiting() == 0) {
                Thread.onSpinWait();
            }

            assertThatWritingIsRefused();

            goOn.countDown();
            assertThat(waits.get()).isEqualTo(1);
            assertThat(runs.get()).isEqualTo("later");
        }
        assertThat(names()).containsExactly("kept", "later");
    }

    @Test
    void tooManyReadsAreRefusedAfterAWhile() throws Exception {
        database.close();
        database =
                open(SqliteSettings.of(file).withReaders(1).withPatience(Duration.ofMillis(20), Duration.ofMillis(20)));
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> reads = executor.submit(() -> database.read(sql -> {
                started.countDown();
                UnitOfWorkContract.await(goOn);
                return 1;
            }));
            started.await();

            assertThatThrownBy(this::names).isInstanceOf(StoreUnavailableException.class);

            goOn.countDown();
            assertThat(reads.get()).isEqualTo(1);
        }
        assertThat(names()).containsExactly("kept");
    }

    @Test
    void onlyChangesOfOthersMoveTheChangeCounter() throws SQLException {
        run(tx -> 1);
        long before = database.changeCounter();
        write("own");
        run(tx -> 1);
        assertThat(database.changeCounter()).isEqualTo(before);

        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file + TestServer.PATIENT_CONNECTION);
                Statement statement = other.createStatement()) {
            statement.execute("insert into note (name, version, taken) values ('foreign', 1, 0)");
        }
        run(tx -> 1);

        assertThat(database.changeCounter()).isGreaterThan(before);
        assertThat(names()).contains("foreign");
    }

    @Test
    void fileAndFolderAreTheirOwnersAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        for (String suffix : List.of("", "-wal", "-shm")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(beside(suffix))))
                    .isEqualTo("rw-------");
        }
        database.close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        database = open(SqliteSettings.of(file));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aClosedDatabaseIsOneFile() {
        database.close();

        assertThat(file).exists();
        assertThat(beside("-wal")).doesNotExist();
        assertThat(beside("-shm")).doesNotExist();
    }

    @Test
    void aTemporaryDatabaseLeavesNothingBehind() {
        Path made;
        try (SqliteDatabase temporary = SqliteDatabase.openTemporary(InstantSource.system())) {
            made = temporary.file();
            assertThat(made).exists();
        }
        assertThat(made.getParent()).doesNotExist();
    }
}
