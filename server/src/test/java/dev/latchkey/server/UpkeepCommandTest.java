package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Commands.Outcome;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** migrate, backup, restore and store, as they are typed. */
class UpkeepCommandTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    @TempDir
    private Path folder = Path.of("");

    private Outcome run(String... arguments) {
        return new Commands(CLOCK, folder).run(arguments);
    }

    @Test
    void migrateTellsWhatIsPendingDoesItAndThenHasNothingToDo() {
        Path store = folder.resolve("latchkey.db");

        Outcome dry = run("migrate", "--dry-run");
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out().lines()).isNotEmpty().allMatch(line -> line.matches("\\d{4}-[a-z0-9-]+: pending"));
        assertThat(store).doesNotExist();

        Outcome done = run("migrate");
        assertThat(done.out()).isEqualTo(dry.out().replace(": pending", ": applied now"));
        assertThat(run("migrate", "--contract").out()).isEqualTo(dry.out().replace(": pending", ": applied before"));
        assertThat(run("user", "list").exitCode()).isZero();
    }

    @Test
    void aBackupComesBackAndTheStoreThatWasThereIsKept() {
        run("user", "add", "alice");
        Path backup = folder.resolve("backup.db");
        assertThat(run("backup", backup.toString()).out()).matches("wrote \\S+/backup.db, \\d+ bytes, checked\\n");
        run("user", "add", "bob");

        Outcome restored = run("restore", backup.toString());

        assertThat(restored.out().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("restored " + backup + "; epoch 1 has begun, and every session ended"),
                        second -> assertThat(second)
                                .isEqualTo("the store that was there is now "
                                        + folder.resolve("latchkey.db.replaced-1772366400")));
        assertThat(run("user", "list").out()).contains("alice").doesNotContainPattern("\\bbob\\b");
        assertThat(run("user", "list", "--set", "store=sqlite:" + folder.resolve("latchkey.db.replaced-1772366400"))
                        .out())
                .contains("alice", "bob");
        assertThat(run("audit", "tail", "--type", "epoch_begin", "--json").out())
                .contains("\"origin\":\"restore\"");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.contains("restoring") || name.endsWith(".part"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStoreIsCopiedToAnotherFileAndToPostgres() {
        run("user", "add", "alice");
        String file = "sqlite:" + folder.resolve("other.db");
        PostgresLocation location = TestPostgres.freshSchema();
        String postgres = TestPostgres.url(location);
        try {
            for (String target : List.of(file, postgres)) {
                Outcome copied = run("store", "copy", "--to", target);
                assertThat(copied.exitCode()).as(copied.err()).isZero();
                assertThat(copied.out().lines())
                        .allMatch(line -> line.matches("[a-z_]+: \\d+ rows, checksum [0-9a-f]{32}, same"))
                        .anyMatch(line -> line.startsWith("users: 1 rows"));
                assertThat(run("user", "list", "--set", "store=" + target).out())
                        .isEqualTo(run("user", "list").out());
            }
            Outcome again = run("store", "copy", "--to", postgres);
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).contains("the target is not empty");
            Outcome back = run("store", "copy", "--from", postgres, "--to", "sqlite:" + folder.resolve("back.db"));
            assertThat(back.exitCode()).as(back.err()).isZero();
            assertThat(run("migrate", "--set", "store=" + postgres).out()).doesNotContain("pending", "applied now");
            assertThat(run("store", "new-epoch", "--set", "store=" + postgres).err())
                    .as("the database has a clock of its own, which is not months behind")
                    .contains("it is 2026-03-01T12:00:00Z by the clock of this machine");
            assertThat(run("store", "new-epoch", "--despite-clock", "--set", "store=" + postgres)
                            .out())
                    .isEqualTo("epoch 1 has begun, and every session ended\n");
            assertThat(run("backup", "file.db", "--set", "store=" + postgres).err())
                    .isEqualTo("latchkey: this is for SQLite; PostgreSQL has its own tools: docs/operate/backup.md\n");
        } finally {
            TestPostgres.dropSchema(location);
        }
    }

    /** What was issued between the two times would go on counting. */
    @Test
    void noEpochBeginsBeforeWhatTheStoreKnowsOf() {
        run("user", "add", "alice");
        Path backup = folder.resolve("backup.db");
        run("backup", backup.toString());
        Commands slow = new Commands(InstantSource.fixed(CLOCK.instant().minusSeconds(60)), folder);
        Commands aLittleSlow = new Commands(InstantSource.fixed(CLOCK.instant().minusSeconds(4)), folder);

        for (String[] command : new String[][] {{"store", "new-epoch"}, {"restore", backup.toString()}}) {
            Outcome refused = slow.run(command);
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("2026-03-01T11:59:00Z by the clock", "2026-03-01T12:00:00Z or later", "--despite-clock");
        }
        assertThat(run("audit", "tail", "--type", "epoch_begin").out()).doesNotContain("epoch_begin");
        assertThat(aLittleSlow.run("store", "new-epoch").out()).startsWith("epoch 1 ");
        assertThat(slow.run("store", "new-epoch", "--despite-clock").out()).startsWith("epoch 2 ");
        assertThat(slow.run("restore", "--despite-clock", backup.toString()).exitCode())
                .isZero();
    }

    /** The backup knows of nothing later, but the store that it replaces does. */
    @Test
    void noBackupIsRestoredBeforeWhatTheReplacedStoreKnowsOf() {
        run("user", "add", "alice");
        Path backup = folder.resolve("backup.db");
        run("backup", backup.toString());
        Commands later = new Commands(InstantSource.fixed(CLOCK.instant().plusSeconds(3600)), folder);
        assertThat(later.run("store", "new-epoch").exitCode()).isZero();

        Outcome refused = run("restore", backup.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("2026-03-01T12:00:00Z by the clock", "2026-03-01T13:00:00Z or later", "--despite-clock");
        assertThat(later.run("audit", "tail", "--type", "epoch_begin").out())
                .as("the store is as it was")
                .hasLineCount(1);
        assertThat(later.run("restore", backup.toString()).exitCode()).isZero();
    }

    @Test
    void aClockThatIsSaidToBeRightReplacesALaterStore() {
        run("user", "add", "alice");
        Path backup = folder.resolve("backup.db");
        run("backup", backup.toString());
        new Commands(InstantSource.fixed(CLOCK.instant().plusSeconds(3600)), folder).run("store", "new-epoch");

        Outcome restored = run("restore", "--despite-clock", backup.toString());

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(restored.out()).doesNotContain("could not be read");
    }

    /** What it copies then begins an epoch, since the server went on. */
    @Test
    void aBackupCanBeCopied() {
        run("user", "add", "alice");
        Path backup = folder.resolve("backup.db");
        run("backup", backup.toString());

        Outcome copied =
                run("store", "copy", "--from", "sqlite:" + backup, "--to", "sqlite:" + folder.resolve("other.db"));

        assertThat(copied.exitCode()).as(copied.err()).isZero();
    }

    /** It would say that all has ended, and of the store that was meant nothing would have. */
    @Test
    void noEpochBeginsWhereNothingWasRestored() {
        PostgresLocation location = TestPostgres.freshSchema();
        try {
            for (String store : List.of("sqlite:" + folder.resolve("mistyped.db"), TestPostgres.url(location))) {
                assertThat(run("store", "new-epoch", "--set", "store=" + store))
                        .isEqualTo(new Outcome(
                                1, "", "latchkey: there is nothing in this store: is it the one that was restored?\n"));
            }
            assertThat(folder.resolve("mistyped.db")).doesNotExist();
        } finally {
            TestPostgres.dropSchema(location);
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        Path backup = folder.resolve("no-folder/backup.db");
        String other = "sqlite:" + folder.resolve("other.db");

        assertThat(run("backup", folder.resolve("backup.db").toString()).err())
                .isEqualTo("latchkey: there is no store " + folder.resolve("latchkey.db") + "\n");
        assertThat(run("store", "copy", "--to", other).err()).contains("there is no store to copy");
        run("user", "add", "alice");
        assertThat(run("backup", backup.toString()).err())
                .isEqualTo("latchkey: there is no folder " + backup.getParent() + "\n");
        assertThat(folder.resolve("other.db")).doesNotExist();
    }

    @Test
    void whyAStoreCannotBeUsedIsTold() throws IOException {
        Files.writeString(folder.resolve("text.db"), "no database at all, whatever its name says".repeat(20));
        PostgresLocation location = TestPostgres.freshSchema();
        String noDatabase = "postgresql://" + location.user() + ":hunter2hunter2@" + String.join(",", location.hosts())
                + "/nobody_made_it";

        Outcome text = run("user", "list", "--set", "store=sqlite:" + folder.resolve("text.db"));
        Outcome missing = run("user", "list", "--set", "store=" + noDatabase);

        Outcome noHost = run("user", "list", "--set", "store=postgresql://latchkey@nobody.invalid/latchkey");

        assertThat(noHost.err()).contains("UnknownHostException: nobody.invalid");
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.err())
                .startsWith("latchkey: the store cannot be used at the moment: ")
                .contains("not a database");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err())
                .startsWith("latchkey: the store cannot be used at the moment: ")
                .contains("database \"nobody_made_it\" does not exist")
                .hasLineCount(1)
                .doesNotContain("hunter2");
    }

    @Test
    void whatMakesNoSenseIsTold() {
        assertThat(run("store", "copy")).isEqualTo(new Outcome(2, "", "latchkey: give --to\n"));
        assertThat(run("backup").exitCode()).isEqualTo(2);
        assertThat(run("backup", folder.resolve("b.db").toString()).exitCode())
                .as("nothing there")
                .isEqualTo(1);
        assertThat(run("store", "--help").out()).contains("copy", "new-epoch");
        for (String command : List.of("migrate", "backup", "restore")) {
            assertThat(run(command, "--help").out())
                    .startsWith("Usage: latchkey " + command)
                    .contains("--config");
        }
    }
}
