package dev.latchkey.server;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.TimedEvent;
import dev.latchkey.server.command.Upkeep;
import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.epoch.Epochs;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.PostgresSettings;
import dev.latchkey.server.sql.ReplacedStore;
import dev.latchkey.server.sql.Schema;
import dev.latchkey.server.sql.SqliteBackup;
import dev.latchkey.server.sql.SqliteRestore;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreCopy;
import dev.latchkey.server.sql.StoreListener;
import dev.latchkey.server.sql.UpkeepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Looks after the store of a configuration for the commands. */
final class LocalUpkeep implements Upkeep {
    /** By which clocks of machines that are looked after may differ. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final InstantSource clock;

    LocalUpkeep(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private SqliteSettings sqlite() {
        return switch (settings.store()) {
            case SqliteSettings sqlite -> sqlite;
            case PostgresSettings _ ->
                throw new UpkeepException("this is for SQLite; PostgreSQL has its own tools: docs/operate/backup.md");
        };
    }

    private Database open() throws IOException {
        ServerSettings.createFolder(settings.dataFolder());
        return Database.open(settings.store().patient(), clock, StoreListener.NONE);
    }

    @Override
    public List<Migration> migrations() {
        return new Schema(clock)
                .steps(settings.store()).stream()
                        .map(step -> new Migration(
                                step.name(),
                                step.applied() ? Migration.State.APPLIED : Migration.State.PENDING,
                                step.contracts()))
                        .toList();
    }

    @Override
    public void migrate(boolean contract) throws IOException {
        try (Database database = open()) {
            if (contract) {
                new Schema(clock).contract(database);
            }
        }
    }

    @Override
    public Backup backup(Path file) throws IOException {
        return new Backup(new SqliteBackup(clock).take(sqlite().file(), file));
    }

    @Override
    public Restored restore(Path file, boolean despiteClock) throws IOException {
        ServerSettings.createFolder(settings.dataFolder());
        AtomicLong epoch = new AtomicLong();
        Optional<Instant> latest = new ReplacedStore(sqlite().file()).latest();
        Path replaced = new SqliteRestore(clock).restore(file, sqlite().file(), database -> {
            if (!despiteClock) {
                latest.ifPresent(this::requireClockNotBehind);
            }
            epoch.set(beginEpoch(database, "restore", despiteClock));
        });
        return new Restored(Optional.of(replaced).filter(Files::exists), latest.isPresent(), epoch.get());
    }

    @Override
    public long beginEpoch(boolean despiteClock) throws IOException {
        if (migrations().stream().noneMatch(step -> step.state() == Migration.State.APPLIED)) {
            throw new UpkeepException("there is nothing in this store: is it the one that was restored?");
        }
        try (Database database = open()) {
            return beginEpoch(database, "command", despiteClock);
        }
    }

    @Override
    public List<CopiedTable> copyTo(Settings target) throws IOException {
        ServerSettings.createFolder(target.dataFolder());
        return StoreCopy.copy(settings.store(), target.store(), clock).stream()
                .map(table -> new CopiedTable(table.name(), table.rows(), table.checksum(), table.same()))
                .toList();
    }

    private long beginEpoch(Database database, String origin, boolean despiteClock) {
        Stores stores = Stores.of(database);
        if (!despiteClock) {
            requireClockNotBehind(stores.epochs().latest());
        }
        Instant now = clock.instant();
        return database.run(transaction -> {
            Epoch begun = stores.epochs().begin(transaction, now);
            AuditEvent event =
                    Epochs.event(begun).with("origin", origin).with("os_user", System.getProperty("user.name", ""));
            stores.auditEvents().append(transaction, List.of(new TimedEvent(now, event)));
            return begun.number();
        });
    }

    private void requireClockNotBehind(Instant latest) {
        Instant now = clock.instant();
        if (latest.isAfter(now.plus(CLOCK_TOLERANCE))) {
            throw new UpkeepException("it is " + now + " by the clock of this machine, and " + latest
                    + " or later by the store: what was issued in between would go on counting. Set the clock, or say"
                    + " --despite-clock if it is the store that is wrong");
        }
    }
}
