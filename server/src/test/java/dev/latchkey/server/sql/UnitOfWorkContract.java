package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every database does with units of work and reads (DESIGN §5). One subclass a database. */
abstract class UnitOfWorkContract {
    static final Migrations ONE_TABLE =
            new Migrations(List.of(new Migrations.Script("0001-note.sql", """
                create table note (
                    name text not null primary key,
                    version ${bigint} not null,
                    taken ${boolean} not null,
                    content ${bytes},
                    written_at ${bigint}
                )${table};
                """)), InstantSource.system());

    protected Database database;

    /** Opens an empty database with the schema {@link #ONE_TABLE}, whose callers have this much patience. */
    abstract Database open(Duration patience) throws IOException;

    @BeforeEach
    void openDatabase() throws IOException {
        database = open(Duration.ofSeconds(60));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    static String write(Database database, Transaction transaction, String name) {
        database.in(transaction).update("insert into note (name, version, taken) values (?, ?, ?)", name, 1L, false);
        return name;
    }

    static List<String> names(Database database) {
        return database.read(sql -> sql.list("select name from note order by name", row -> row.text("name")));
    }

    @Test
    void whatIsAnsweredIsThereToRead() {
        assertThat(database.<String>run(tx -> write(database, tx, "a"))).isEqualTo("a");

        assertThat(names(database)).containsExactly("a");
    }

    @Test
    void workThatThrowsLeavesNothingAndItsExceptionReachesTheCaller() {
        IllegalArgumentException refusal = new IllegalArgumentException("no");

        assertThatThrownBy(() -> database.run(tx -> {
                    write(database, tx, "a");
                    throw refusal;
                }))
                .isSameAs(refusal);

        assertThat(names(database)).isEmpty();
    }

    @Test
    void anErrorInTheWorkLeavesNothingAndTheStoreGoesOn() {
        assertThatThrownBy(() -> database.run(tx -> {
                    write(database, tx, "a");
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);

        database.run(tx -> write(database, tx, "b"));
        assertThat(names(database)).containsExactly("b");
    }

    @Test
    void workThatThrowsDoesNotTouchItsNeighbours() throws Exception {
        List<Callable<Optional<String>>> callers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = "n" + (1000 + i);
            boolean fails = i % 3 == 0;
            callers.add(() -> {
                try {
                    return Optional.of(database.run(tx -> {
                        write(database, tx, name);
                        if (fails) {
                            throw new IllegalArgumentException(name);
                        }
                        return name;
                    }));
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessage(name);
                    return Optional.empty();
                }
            });
        }

        List<String> kept =
                together(callers).stream().flatMap(Optional::stream).sorted().toList();

        assertThat(kept).hasSize(133);
        assertThat(names(database)).isEqualTo(kept);
    }

    @Test
    void aRefusalThatIsReturnedCommits() {
        boolean allowed = database.run(tx -> {
            write(database, tx, "the refused attempt");
            return false;
        });

        assertThat(allowed).isFalse();
        assertThat(names(database)).containsExactly("the refused attempt");
    }

    @Test
    void ofManyThatWantTheSameOneGetsIt() throws Exception {
        database.run(tx -> write(database, tx, "a"));
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            callers.add(() -> database.run(tx ->
                    database.in(tx).update("update note set taken = ? where name = ? and taken = ?", true, "a", false)
                            == 1));
        }

        assertThat(together(callers)).containsOnlyOnce(true);
    }

    @Test
    void updatesOfManyAreNeverLost() throws Exception {
        database.run(tx -> write(database, tx, "a"));
        List<Callable<Long>> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            callers.add(() -> database.run(tx -> database.in(tx)
                    .one(
                            "update note set version = version + 1 where name = ? returning version",
                            row -> row.number("version"),
                            "a")
                    .orElseThrow()));
        }

        assertThat(together(callers)).doesNotHaveDuplicates().contains(2L, 101L);
    }

    @Test
    void workInsideWorkIsRefusedAndUndoesTheOuter() {
        assertThatThrownBy(() -> database.run(tx -> {
                    write(database, tx, "a");
                    return database.run(inner -> write(database, inner, "b"));
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(names(database)).isEmpty();
    }

    @Test
    void aReadInsideWorkSeesItsChangesAndOthersDoNot() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<List<String>> seen = database.run(tx -> {
                write(database, tx, "a");
                return List.of(names(database), result(executor.submit(() -> names(database))));
            });

            assertThat(seen).containsExactly(List.of("a"), List.of());
        }
    }

    @Test
    void aTransactionIsOfNoUseAfterItsEnd() {
        Transaction ended = database.run(tx -> tx);

        assertThatThrownBy(() -> database.in(ended)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTransactionOfAnotherDatabaseIsRefused() throws IOException {
        try (Database other = open(Duration.ofSeconds(60))) {
            assertThatThrownBy(() -> database.run(tx -> other.in(tx).update("delete from note")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aWrongStatementFailsAloneAndIsNotUnavailability() {
        assertThatThrownBy(() -> database.run(tx -> database.in(tx).update("insert into nowhere values (1)")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nowhere");
        database.run(tx -> write(database, tx, "a"));
        assertThatThrownBy(() -> database.run(tx -> write(database, tx, "a")))
                .isInstanceOf(IllegalStateException.class);

        assertThat(names(database)).containsExactly("a");
    }

    @Test
    void allKindsOfValuesComeBackAsTheyWere() {
        Instant time = Instant.parse("2026-02-03T04:05:06.789Z");
        byte[] bytes = {0, 1, -1};
        database.run(tx -> database.in(tx)
                .update("insert into note values (?, ?, ?, ?, ?)", "ä€😀", Long.MAX_VALUE, true, bytes, time));

        List<Object> note = database.read(sql -> sql.one(
                        "select * from note",
                        row -> List.<Object>of(
                                row.text("name"), row.number("version"), row.flag("taken"), row.instant("written_at"))))
                .orElseThrow();
        assertThat(note).containsExactly("ä€😀", Long.MAX_VALUE, true, time);
        byte[] content = database.read(sql -> sql.one("select content from note", row -> row.bytes("content")))
                .orElseThrow();
        assertThat(content).isEqualTo(bytes);
    }

    @Test
    void whatIsMissingIsNullOnlyWhereItIsAskedForAsThat() {
        database.run(tx -> database.in(tx).update("insert into note values (?, ?, ?, ?, ?)", "", 0, false, null, null));

        assertThat(database.<Boolean>read(sql -> sql.one(
                                "select * from note",
                                row -> row.bytesOrNull("content") == null && row.instantOrNull("written_at") == null)
                        .orElseThrow()))
                .isTrue();
        assertThatThrownBy(() -> database.read(sql -> sql.one("select * from note", row -> row.bytes("content"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("content");
        assertThatThrownBy(() -> database.read(sql -> sql.one("select * from note", row -> row.instant("written_at"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("written_at");
    }

    @Test
    @Timeout(120)
    void aCallerWithoutPatienceIsToldAndItsWorkNeverRuns() throws Exception {
        try (Database impatient = open(Duration.ofMillis(50));
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Future<String> slow = executor.submit(() -> onceBegun(() -> impatient.run(tx -> {
                started.countDown();
                await(goOn);
                return write(impatient, tx, "slow");
            })));
            started.await();

            assertThatThrownBy(() -> impatient.run(tx -> write(impatient, tx, "given up")))
                    .isInstanceOf(StoreUnavailableException.class);
            goOn.countDown();

            assertThat(slow.get()).as("work that runs is waited for").isEqualTo("slow");
            onceBegun(() -> impatient.run(tx -> write(impatient, tx, "then")));
            assertThat(onceBegun(() -> names(impatient))).containsExactly("slow", "then");
        }
    }

    /** Asks again: where nobody waits, a busy machine can make even the first too late. */
    static <T> T onceBegun(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (StoreUnavailableException _) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anInterruptedCallerGivesUpWhatHasNotStarted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> slow = executor.submit(() -> database.run(tx -> {
                started.countDown();
                await(goOn);
                return write(database, tx, "slow");
            }));
            started.await();

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> database.run(tx -> write(database, tx, "interrupted")))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
            goOn.countDown();

            assertThat(slow.get()).isEqualTo("slow");
            assertThat(names(database)).containsExactly("slow");
        }
    }

    @Test
    void anInterruptedCallerWaitsForWhatHasStarted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Thread test = Thread.currentThread();
            Future<?> interrupting = executor.submit(() -> {
                await(started);
                test.interrupt();
                goOn.countDown();
            });

            String answer = database.run(tx -> {
                started.countDown();
                awaitThroughInterrupts(goOn);
                return write(database, tx, "a");
            });

            assertThat(answer).isEqualTo("a");
            interrupting.get();
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
            assertThat(names(database)).containsExactly("a");
        }
    }

    @Test
    void aClosedStoreIsUnavailable() throws IOException {
        Database closed = open(Duration.ofSeconds(60));
        closed.close();

        assertThatThrownBy(() -> closed.run(tx -> write(closed, tx, "a")))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> names(closed)).isInstanceOf(StoreUnavailableException.class);
    }

    static <T> List<T> together(List<Callable<T>> callers) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(callers)) {
                results.add(future.get());
            }
            return results;
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As work does that has no reason to look at interrupts; it may run on the thread of its caller. */
    private static void awaitThroughInterrupts(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static <T> T result(Future<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
