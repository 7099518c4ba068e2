package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.sqlite.SQLiteOpenMode;

/**
 * Puts a backup in the place of an embedded database that nobody has open. The backup is made ready beside it, a new epoch in it
 * begun, and only then do the two change places, by one rename: whatever happens on the way, there is one of them, whole.
 */
public final class SqliteRestore {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final InstantSource clock;

    public SqliteRestore(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Restores a backup.
     *
     * @param backup is not changed
     * @param store the database file; may be missing or damaged
     * @param preparation what is done to the backup before it becomes the store
     * @return where the database that was there is now; the name of no file if there was none
     * @throws UpkeepException when the backup is none, or somebody has the store open
     */
    public Path restore(Path backup, Path store, Consumer<Database> preparation) throws IOException {
        new SqliteBackup(clock).requireBackup(backup);
        requireUnused(store);
        Path staged = store.resolveSibling(store.getFileName() + ".restoring");
        Path replaced = store.resolveSibling(
                store.getFileName() + ".replaced-" + clock.instant().getEpochSecond());
        try {
            Files.deleteIfExists(staged);
            stage(backup, staged);
            try (Database database = SqliteDatabase.open(SqliteSettings.of(staged), clock, StoreListener.NONE)) {
                preparation.accept(database);
            }
            SqliteBackup.sync(staged);
            requireUnused(store);
            exchange(store, staged, replaced);
            return replaced;
        } finally {
            Files.deleteIfExists(staged);
        }
    }

    private static void stage(Path backup, Path staged) throws IOException {
        SqliteBackup.createForOwner(staged);
        try (OutputStream out = Files.newOutputStream(staged, StandardOpenOption.WRITE)) {
            Files.copy(backup, out);
        }
    }

    private static void exchange(Path store, Path staged, Path replaced) throws IOException {
        if (Files.exists(store)) {
            Files.createLink(replaced, store);
        }
        Path log = store.resolveSibling(store.getFileName() + "-wal");
        if (Files.exists(log)) { // of a damaged database; SQLite would mix it into the other
            Files.move(log, replaced.resolveSibling(replaced.getFileName() + "-wal"));
        }
        Files.deleteIfExists(store.resolveSibling(store.getFileName() + "-shm"));
        Files.move(staged, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        SqliteBackup.syncFolder(store);
    }

    /**
     * Refuses a store that a server or a command has open. Moves the log into it besides, so that it is one file.
     *
     * @throws UpkeepException when it is open
     */
    static void requireUnused(Path store) {
        if (Files.isRegularFile(store) && isUsed(store)) {
            throw new UpkeepException("a server or a command has " + store + " open; stop it first");
        }
    }

    /** Whether somebody else has the database open, which keeps others from having it for themselves. */
    static boolean isUsed(Path store) {
        SqliteSettings settings = SqliteSettings.of(store).withPatience(PATIENCE, PATIENCE);
        try (Sql sql = SqliteStorage.connect(
                "jdbc:sqlite:" + settings.file(),
                settings,
                SQLiteOpenMode.READWRITE,
                "pragma locking_mode = exclusive")) {
            sql.update("begin exclusive");
            sql.update("commit");
            return false;
        } catch (StoreUnavailableException e) {
            return isBusy(e);
        } catch (SQLException e) {
            return Dialect.isBusy(e);
        }
    }

    private static boolean isBusy(StoreUnavailableException e) {
        return e.getCause() instanceof SQLException cause && Dialect.isBusy(cause);
    }
}
