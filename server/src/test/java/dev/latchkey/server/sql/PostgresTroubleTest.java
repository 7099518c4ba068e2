package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with a PostgreSQL: it is unavailable, within bounds, and goes on without a restart. */
class PostgresTroubleTest {
    private static final Duration SHORT = Duration.ofMillis(1500);
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final int CALLERS = 4;
    private static final int ROUNDS = 20;

    /** A database of its own, because some of these troubles are those of a whole database. */
    private final PostgresLocation location = TestPostgres.freshDatabase();

    private final AtomicInteger repeated = new AtomicInteger();
    /** As patient as a test has to be; what is about time-outs opens another one. */
    private final PostgresDatabase database =
            PostgresDatabase.open(settings(), UnitOfWorkContract.ONE_TABLE, listener());

    private PostgresSettings settings() {
        return TestPostgres.settings(location).withConnections(4, 0);
    }

    /** The same database with less patience with it. */
    private PostgresDatabase hasty(Duration statement, Duration lock) {
        return PostgresDatabase.open(
                TestPostgres.settings(location, statement, lock), UnitOfWorkContract.ONE_TABLE, StoreListener.NONE);
    }

    private StoreListener listener() {
        return new StoreListener() {
            @Override
            public void batchEnded(Batch batch) {
                // commits are not looked at here
            }

            @Override
            public void workRepeated() {
                repeated.incrementAndGet();
            }
        };
    }

    private static void execute(PostgresLocation location, String... statements) {
        TestPostgres.execute(location, statements);
    }

    private void terminateConnections() {
        terminateConnections(location);
    }

    private void terminateConnections(PostgresLocation by) {
        execute(
                by,
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + location.database()
                        + "' and pid <> pg_backend_pid()");
    }

    private String write(String name) {
        return write(database, name);
    }

    private static String write(Database database, String name) {
        return database.run(tx -> UnitOfWorkContract.write(database, tx, name));
    }

    @BeforeEach
    void haveARow() {
        write("a");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void connectionsThatWereCutAreReplaced() {
        terminateConnections();

        try {
            write("b");
        } catch (StoreUnavailableException _) {
            write("b"); // a connection that was used a moment ago is not tried out before it is lent
        }

        assertThat(UnitOfWorkContract.names(database)).contains("a", "b");
    }

    @Test
    void aConnectionThatIsCutInTheMiddleKeepsNothing() {
        assertThatThrownBy(() -> database.run(tx -> {
                    UnitOfWorkContract.write(database, tx, "b");
                    terminateConnections();
                    return UnitOfWorkContract.write(database, tx, "c");
                }))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(UnitOfWorkContract.names(database)).containsExactly("a");
    }

    @Test
    void aConnectionThatIsCutBeforeTheCommitIsNotAcknowledged() {
        assertThatThrownBy(() -> database.run(tx -> {
                    UnitOfWorkContract.write(database, tx, "b");
                    terminateConnections();
                    return true;
                }))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(UnitOfWorkContract.names(database)).containsExactly("a");
    }

    @Test
    void aRowThatSomebodyHoldsIsWaitedForInBounds() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (PostgresDatabase hasty = hasty(LONG, SHORT);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> holder = threads.submit(() -> database.run(tx -> {
                int changed = database.in(tx).update("update note set version = version + 1 where name = 'a'");
                held.countDown();
                UnitOfWorkContract.await(goOn);
                return changed;
            }));
            UnitOfWorkContract.await(held);
            Instant begin = Instant.now();

            assertThatThrownBy(() -> hasty.run(
                            tx -> hasty.in(tx).update("update note set version = version + 1 where name = 'a'")))
                    .isInstanceOf(StoreUnavailableException.class);

            assertThat(Duration.between(begin, Instant.now())).isLessThan(LONG);
            goOn.countDown();
            assertThat(holder.get()).isEqualTo(1);
        }
    }

    @Test
    void aStatementThatTakesTooLongIsGivenUp() {
        try (PostgresDatabase hasty = hasty(SHORT, SHORT)) {
            assertThatThrownBy(() -> hasty.read(sql -> sql.list("select pg_sleep(30) as slept", _ -> 1)))
                    .isInstanceOf(StoreUnavailableException.class);
        }

        assertThat(UnitOfWorkContract.names(database)).containsExactly("a");
    }

    /** SQLSTATE 25P04, which ends the connection too. */
    @Test
    void aTransactionThatTheDatabaseEndsForItsLengthIsGivenUp() {
        boolean hasTheSetting = database.<Boolean>read(
                sql -> !sql.list("select name from pg_settings where name = 'transaction_timeout'", _ -> true)
                        .isEmpty());
        assumeTrue(hasTheSetting, "PostgreSQL has it from 17 on");

        assertThatThrownBy(() -> database.run(tx -> {
                    Sql sql = database.in(tx);
                    sql.update("set local transaction_timeout = '100ms'");
                    UnitOfWorkContract.write(database, tx, "b");
                    return sql.list("select pg_sleep(10) as slept", _ -> 1);
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasStackTraceContaining("transaction timeout");

        assertThat(UnitOfWorkContract.names(database)).containsExactly("a");
        assertThat(write("c")).isEqualTo("c");
    }

    @Test
    @Timeout(120)
    void aReadOnlyDatabaseIsUnavailableUntilItIsNot() {
        try (PostgresDatabase impatient = UnitOfWorkContract.onceBegun(() -> open(Optional.empty(), SHORT))) {
            execute(location, "alter database " + location.database() + " set default_transaction_read_only = on");
            terminateConnections();
            assertThatThrownBy(() -> write(impatient, "b")).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> write(impatient, "b")).isInstanceOf(StoreUnavailableException.class);

            execute(
                    location,
                    "set default_transaction_read_only = off",
                    "alter database " + location.database() + " set default_transaction_read_only = off");

            assertThat(UnitOfWorkContract.onceBegun(() -> write(impatient, "c")))
                    .isEqualTo("c");
        }
    }

    /** Who has waited in vain once would wait so each time, and spend at one instance what another could give. */
    @ParameterizedTest
    @ValueSource(ints = {0, CALLERS})
    @Timeout(120)
    void hardlyAnybodyWaitsForADatabaseThatIsKnownToBeAway(int idleConnections) throws Exception {
        PostgresLocation beside = TestPostgres.freshSchema();
        PostgresSettings settings =
                settings().withConnections(CALLERS, idleConnections).withPatience(SHORT);
        try (PostgresDatabase served = UnitOfWorkContract.onceBegun(
                () -> PostgresDatabase.open(settings, UnitOfWorkContract.ONE_TABLE, StoreListener.NONE))) {
            execute(beside, "alter database " + location.database() + " allow_connections false");
            terminateConnections(beside);

            Instant begin = Instant.now();
            refused(served, CALLERS * ROUNDS);
            assertThat(Duration.between(begin, Instant.now())).isLessThan(SHORT.multipliedBy(ROUNDS / 2));

            execute(beside, "alter database " + location.database() + " allow_connections true");
            assertThat(UnitOfWorkContract.onceBegun(() -> write(served, "c"))).isEqualTo("c");
        }
    }

    /** As many writes, all of them refused, by callers that do not wait for each other. */
    private static void refused(Database database, int times) throws Exception {
        AtomicInteger left = new AtomicInteger(times);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        assertThatThrownBy(() -> write(database, "b")).isInstanceOf(StoreUnavailableException.class);
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
    }

    @Test
    void aStandbyThatIsGoneMakesNobodyBelieveInACommit() {
        execute(
                location,
                "alter database " + location.database() + " set synchronous_commit = on",
                "alter system set synchronous_standby_names = 'nobody'",
                "select pg_reload_conf()");
        terminateConnections();
        try (PostgresDatabase hasty = hasty(SHORT, SHORT)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; ; i++) { // the setting counts a moment after it is made
                            String name = "b" + i;
                            hasty.run(tx -> UnitOfWorkContract.write(hasty, tx, name));
                        }
                    })
                    .isInstanceOf(StoreUnavailableException.class);
        } finally {
            execute(
                    location,
                    "set synchronous_commit = off",
                    "alter system reset synchronous_standby_names",
                    "select pg_reload_conf()");
        }

        assertThat(write("d")).isEqualTo("d");
    }

    @Test
    void workThatMetItselfIsDoneAgain() throws Exception {
        write("b");
        CountDownLatch bothHold = new CountDownLatch(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> one = threads.submit(() -> crossing("a", "b", bothHold));
            Future<Integer> other = threads.submit(() -> crossing("b", "a", bothHold));

            assertThat(one.get() + other.get()).isEqualTo(2);
        }

        assertThat(repeated).hasPositiveValue();
        assertThat(database.<Long>read(
                        sql -> sql.one("select sum(version) as total from note", row -> row.number("total"))
                                .orElseThrow()))
                .isEqualTo(2 + 4);
    }

    private int crossing(String first, String then, CountDownLatch bothHold) {
        return database.run(tx -> {
            Sql sql = database.in(tx);
            sql.update("update note set version = version + 1 where name = ?", first);
            bothHold.countDown();
            UnitOfWorkContract.await(bothHold);
            return sql.update("update note set version = version + 1 where name = ?", then);
        });
    }

    @Test
    void whatMayBeLateIsReadFromTheCopyWhileThereIsOne() {
        PostgresLocation copy = TestPostgres.freshDatabase();
        try (Database ofCopy =
                PostgresDatabase.open(TestPostgres.settings(copy), UnitOfWorkContract.ONE_TABLE, StoreListener.NONE)) {
            ofCopy.run(tx -> UnitOfWorkContract.write(ofCopy, tx, "of the copy"));
        }
        try (Database withCopy = open(Optional.of(copy), LONG)) {
            assertThat(withCopy.<List<String>>readLate(PostgresTroubleTest::notes))
                    .containsExactly("of the copy");
            assertThat(UnitOfWorkContract.names(withCopy)).containsExactly("a");
            assertThat(withCopy.<List<String>>run(tx -> withCopy.readLate(PostgresTroubleTest::notes)))
                    .as("a unit of work reads what it changes")
                    .containsExactly("a");
        }
    }

    @Test
    void aCopyThatIsGoneIsDoneWithout() {
        PostgresLocation nobody = PostgresLocation.parse("postgresql://postgres@127.0.0.1:1/postgres")
                .orElseThrow();
        try (Database withCopy = UnitOfWorkContract.onceBegun(() -> open(Optional.of(nobody), Duration.ofSeconds(3)))) {
            assertThat(withCopy.<List<String>>readLate(PostgresTroubleTest::notes))
                    .containsExactly("a");
        }
    }

    private PostgresDatabase open(Optional<PostgresLocation> copy, Duration patience) {
        PostgresSettings settings = new PostgresSettings(
                location, 2, 0, patience, Duration.ofMinutes(1), Duration.ofMinutes(1), false, copy);
        return PostgresDatabase.open(settings, UnitOfWorkContract.ONE_TABLE, StoreListener.NONE);
    }

    private static List<String> notes(Sql sql) {
        return sql.list("select name from note order by name", row -> row.text("name"));
    }
}
