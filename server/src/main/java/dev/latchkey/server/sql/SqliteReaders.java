package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A few connections that read, opened when first needed and lent to one caller at a time. */
final class SqliteReaders implements AutoCloseable {
    private final SqliteStorage storage;
    private final Duration patience;
    private final BlockingDeque<Reader> idle;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean suspended;

    SqliteReaders(SqliteStorage storage, int number, Duration patience) {
        this.storage = storage;
        this.patience = patience;
        this.idle = new LinkedBlockingDeque<>(number);
        for (int i = 0; i < number; i++) {
            idle.add(new Reader());
        }
    }

    /** A place for a connection. Its fields are guarded by having been taken from the idle ones. */
    private static final class Reader {
        private @Nullable Sql sql;
    }

    <T> T read(Function<Sql, T> query) {
        Reader reader = take();
        try {
            return query.apply(connected(reader));
        } finally {
            try {
                if (suspended || (reader.sql != null && reader.sql.isBroken())) {
                    disconnect(reader);
                }
            } finally {
                // the one used last is taken next: its cache and its statements are warm
                idle.addFirst(reader);
            }
        }
    }

    private Reader take() {
        Reader reader;
        try {
            reader = idle.pollFirst(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for a read", e);
        }
        if (reader == null) {
            throw new StoreUnavailableException("too many reads at once");
        }
        return reader;
    }

    private Sql connected(Reader reader) {
        if (suspended) {
            throw new StoreUnavailableException("the database file is gone");
        }
        Sql sql = reader.sql;
        if (sql == null) {
            try {
                sql = storage.openReader();
            } catch (SQLException e) {
                throw new StoreUnavailableException("cannot open the database", e);
            }
            reader.sql = sql;
            open.incrementAndGet();
        }
        return sql;
    }

    /** Refuses reads from now on, and closes connections as they come back. */
    void suspend() {
        suspended = true;
        for (int i = idle.size(); i > 0; i--) {
            Reader reader = idle.pollLast();
            if (reader != null) {
                disconnect(reader);
                idle.addFirst(reader);
            }
        }
    }

    void resume() {
        suspended = false;
    }

    boolean allClosed() {
        return open.get() == 0;
    }

    private void disconnect(Reader reader) {
        Sql sql = reader.sql;
        if (sql != null) {
            reader.sql = null;
            open.decrementAndGet();
            sql.close();
        }
    }

    @Override
    public void close() {
        suspend();
    }
}
