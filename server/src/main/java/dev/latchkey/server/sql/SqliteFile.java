package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteOpenMode;

/**
 * The database file with the two that SQLite keeps beside it: creates it for its owner only, opens connections to it, and
 * tells whether it is still the same one.
 */
final class SqliteFile implements SqliteStorage {
    private static final long PAUSE_NANOS = 1_000_000;

    private final SqliteSettings settings;
    private final Path path;
    private final Path log;
    private final Path index;

    SqliteFile(SqliteSettings settings) {
        this.settings = settings;
        this.path = settings.file();
        this.log = path.resolveSibling(path.getFileName() + "-wal");
        this.index = path.resolveSibling(path.getFileName() + "-shm");
    }

    @Override
    public SqliteSettings settings() {
        return settings;
    }

    /** What makes the three files themselves, and not others under their names. */
    private record FileKeys(Object database, Object log, Object index) {}

    /** Creates file and folder if missing, and takes the file away from everybody but its owner: it holds hashes and keys. */
    @Override
    public void createIfMissing() throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path folder = Objects.requireNonNull(path.getParent(), "an absolute path of a file has a parent");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, mode(posix, "rwx------"));
        }
        try {
            Files.createFile(path, mode(posix, "rw-------"));
        } catch (FileAlreadyExistsException _) {
            for (Path file : List.of(path, log, index)) {
                restrict(file);
            }
        }
    }

    private static FileAttribute<?>[] mode(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void restrict(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && Files.isRegularFile(file)) {
            try {
                view.setPermissions(PosixFilePermissions.fromString("rw-------"));
            } catch (NoSuchFileException _) {
                return; // whoever closed it last has taken it away since
            }
        }
    }

    @Override
    public @Nullable Object identity() {
        try {
            return new FileKeys(key(path), key(log), key(index));
        } catch (IOException _) {
            return null;
        }
    }

    private static Object key(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** Waits for others as for any lock; of several who make the journal of a new file SQLite refuses all but one at once. */
    @Override
    public Sql openWriter() throws SQLException {
        long end = System.nanoTime() + settings.busyTimeout().toNanos();
        while (true) {
            try {
                return open(
                        SQLiteOpenMode.READWRITE,
                        "pragma journal_mode = wal",
                        settings.durable() ? "pragma synchronous = full" : "pragma synchronous = off",
                        "pragma foreign_keys = on",
                        "pragma cache_size = -16000",
                        "pragma wal_autocheckpoint = 1000",
                        "pragma journal_size_limit = 67108864");
            } catch (SQLException e) {
                if (!Dialect.isBusy(e)
                        || System.nanoTime() - end >= 0
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public Sql openReader() throws SQLException {
        return open(SQLiteOpenMode.READONLY, "pragma cache_size = -4000");
    }

    private Sql open(SQLiteOpenMode mode, String... pragmas) throws SQLException {
        if (!Files.isRegularFile(path)) {
            throw new StoreUnavailableException("the database file is gone");
        }
        return SqliteStorage.connect("jdbc:sqlite:" + path, settings, mode, pragmas);
    }
}
