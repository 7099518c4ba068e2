package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.ChoreStore;
import dev.latchkey.server.protocol.Transaction;
import java.time.Duration;
import java.time.Instant;

/** Keeps what one instance does for all in the table {@code chores}. */
public final class SqlChoreStore implements ChoreStore {
    /** What is due so much later than it can be was written by a clock that was wrong. */
    private static final Duration WRONG_CLOCK = Duration.ofMinutes(1);

    private final Database database;

    public SqlChoreStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean claim(Transaction transaction, String chore, Instant now, Instant dueAgainAt) {
        return database.in(transaction).update("""
            insert into chores (name, due_at) values (?, ?)
            on conflict (name) do update set due_at = excluded.due_at
            where chores.due_at <= ? or chores.due_at > ?\
            """, chore, dueAgainAt, now, dueAgainAt.plus(WRONG_CLOCK)) == 1;
    }
}
