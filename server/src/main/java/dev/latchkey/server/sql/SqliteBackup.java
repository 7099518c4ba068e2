package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.sqlite.SQLiteOpenMode;

/**
 * Takes backups of an embedded database while a server runs on it: one file, as the store was at one moment, checked, on the disk,
 * and for its owner only. It carries a mark, so that whoever opens it as it is begins a new epoch before anything else.
 */
public final class SqliteBackup {
    private final Migrations migrations;

    public SqliteBackup(InstantSource clock) {
        this.migrations = Migrations.ofThisVersion(clock);
    }

    /**
     * Writes a backup.
     *
     * @param store the database file
     * @param target made anew; its folder has to be there
     * @return how many bytes it has
     * @throws UpkeepException when there is a file of that name, or what was written is damaged
     * @throws StoreUnavailableException when the store cannot be read
     */
    public long take(Path store, Path target) throws IOException {
        Path file = target.toAbsolutePath().normalize();
        if (Files.exists(file)) {
            throw exists(target);
        }
        if (!Files.isRegularFile(store)) {
            throw new UpkeepException("there is no store " + store);
        }
        Path folder = file.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UpkeepException("there is no folder " + folder);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            createForOwner(part);
        } catch (FileAlreadyExistsException _) {
            throw exists(part);
        }
        try {
            copy(store, part);
            mark(part);
            sync(part);
            Files.move(part, file);
            syncFolder(file);
            return Files.size(file);
        } catch (FileAlreadyExistsException _) {
            throw exists(target);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static UpkeepException exists(Path file) {
        return new UpkeepException("there is a file " + file + "; nothing was written");
    }

    /** One read transaction, however long it takes, and those who write do not wait for it. */
    private static void copy(Path store, Path part) {
        try (Sql sql = new SqliteFile(SqliteSettings.of(store)).openReader()) {
            sql.update("vacuum into ?", part.toString());
        } catch (SQLException e) {
            throw new StoreUnavailableException("cannot read " + store, e);
        }
    }

    private void mark(Path part) {
        try (Sql sql = open(part, SQLiteOpenMode.READWRITE)) {
            sql.update("begin immediate");
            if (sql.columnsOrNone("epoch").isEmpty()) { // the store of an older version
                migrations.apply(sql);
            }
            sql.update("update epoch set is_copy = ?", true);
            sql.update("commit");
            requireSound(sql, part);
        }
    }

    /**
     * Refuses a file that is no sound database of this version or an older one.
     *
     * @throws UpkeepException when it is none
     * @throws IncompatibleStoreException when it is one of a newer version or another program
     */
    public void requireBackup(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UpkeepException("there is no file " + file);
        }
        try (Sql sql = open(file, SQLiteOpenMode.READONLY)) {
            requireSound(sql, file);
            if (migrations.pending(sql).size() == migrations.scripts().size()) {
                throw new UpkeepException(file + " is empty");
            }
        } catch (StoreUnavailableException e) {
            throw new UpkeepException(file + " is no database that could be read", e);
        }
    }

    private static void requireSound(Sql sql, Path file) {
        List<String> problems = sql.list("pragma integrity_check(1)", row -> row.text("integrity_check"));
        if (!problems.equals(List.of("ok"))) {
            throw new UpkeepException(file + " is damaged: " + String.join("; ", problems));
        }
    }

    /** As one file, without a log beside it. */
    private static Sql open(Path file, SQLiteOpenMode mode) {
        try {
            return mode == SQLiteOpenMode.READONLY
                    ? SqliteStorage.connect("jdbc:sqlite:" + file, SqliteSettings.of(file), mode)
                    : SqliteStorage.connect(
                            "jdbc:sqlite:" + file, SqliteSettings.of(file), mode, "pragma journal_mode = delete");
        } catch (SQLException e) {
            throw new StoreUnavailableException("cannot open " + file, e);
        }
    }

    static void createForOwner(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, mode);
    }

    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the name of a file durable, where folders can be opened for that. */
    static void syncFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
