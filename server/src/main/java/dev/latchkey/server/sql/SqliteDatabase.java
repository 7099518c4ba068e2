package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The embedded database: one SQLite file in WAL mode, one thread that writes for all, a few connections that read.
 *
 * <p>Work is answered after the fsync of the transaction it was committed in (DESIGN §5). When the file is locked by
 * another process, full, read-only or gone, work is refused with {@link StoreUnavailableException}, and goes through again
 * as soon as that is over, without a restart.
 */
public final class SqliteDatabase implements Database {
    private final Path file;
    private final SqliteReaders readers;
    private final SqliteWriter writer;
    private final Runnable afterClose;

    private SqliteDatabase(SqliteStorage storage, Migrations migrations, StoreListener listener, Runnable afterClose) {
        SqliteSettings settings = storage.settings();
        this.file = settings.file();
        this.readers = new SqliteReaders(storage, settings.readers(), settings.patience());
        this.writer = new SqliteWriter(this, storage, readers, migrations::requireUpToDate, listener);
        this.afterClose = afterClose;
    }

    /**
     * Opens the database, creates it if missing, and brings its schema up to date.
     *
     * @throws IncompatibleStoreException when it is not a database of this version
     * @throws StoreUnavailableException when it cannot be opened
     */
    public static SqliteDatabase open(SqliteSettings settings, InstantSource clock, StoreListener listener) {
        return open(settings, Migrations.ofThisVersion(clock), listener, () -> {});
    }

    /** A database of its own for a test: the same code on a temporary file, without fsync, deleted when it is closed. */
    public static SqliteDatabase openTemporary(InstantSource clock) {
        try {
            Path folder = Files.createTempDirectory("latchkey-");
            SqliteSettings settings =
                    SqliteSettings.of(folder.resolve("latchkey.db")).withoutDurability();
            return open(settings, Migrations.ofThisVersion(clock), StoreListener.NONE, () -> delete(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database in memory, for a test: the same code, and nothing is left of it when it is closed or the process ends. */
    public static SqliteDatabase openInMemory(InstantSource clock) {
        String name = "latchkey-" + UUID.randomUUID();
        SqliteMemory memory = new SqliteMemory(SqliteSettings.of(Path.of(name)), name);
        return open(memory, Migrations.ofThisVersion(clock), StoreListener.NONE, memory::close);
    }

    static SqliteDatabase open(
            SqliteSettings settings, Migrations migrations, StoreListener listener, Runnable afterClose) {
        return open(new SqliteFile(settings), migrations, listener, afterClose);
    }

    private static SqliteDatabase open(
            SqliteStorage storage, Migrations migrations, StoreListener listener, Runnable afterClose) {
        Sql first;
        try {
            storage.createIfMissing();
            first = storage.openWriter();
        } catch (IOException | SQLException e) {
            throw new StoreUnavailableException(
                    "cannot open the database " + storage.settings().file(), e);
        }
        try {
            if (!migrations.isUpToDate(first)) {
                first.update("begin immediate");
                migrations.apply(first);
                first.update("commit");
            }
            SqliteDatabase database = new SqliteDatabase(storage, migrations, listener, afterClose);
            database.writer.start(first);
            return database;
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    @Override
    public <T> T run(Function<Transaction, T> work) {
        return writer.run(work);
    }

    @Override
    public Sql in(Transaction transaction) {
        return SqlTransaction.sqlOf(transaction, this);
    }

    @Override
    public <T> T read(Function<Sql, T> query) {
        SqlTransaction running = writer.runningHere();
        return running == null ? readers.read(query) : query.apply(in(running));
    }

    @Override
    public boolean isInUnitOfWork() {
        return writer.runningHere() != null;
    }

    @Override
    public long commits() {
        return writer.commits();
    }

    @Override
    public long changeCounter() {
        return writer.changeCounter();
    }

    /** How many units of work wait for the writer. */
    public int waiting() {
        return writer.waiting();
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        // the connection that is closed last moves the log into the database, and those that read may not
        readers.close();
        writer.close();
        afterClose.run();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
