package dev.latchkey.server.sql;

import dev.latchkey.server.client.InitialAccessTokenStore;
import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;

/** Keeps initial access tokens in the table {@code initial_access_tokens}. */
public final class SqlInitialAccessTokenStore implements InitialAccessTokenStore {
    private final Database database;

    public SqlInitialAccessTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Transaction transaction, String hash, int uses, Instant expiresAt) {
        database.in(transaction)
                .update(
                        "insert into initial_access_tokens (hash, uses_left, expires_at) values (?, ?, ?)",
                        hash,
                        uses,
                        expiresAt);
    }

    @Override
    public boolean isUsable(String hash, Instant now) {
        return database.read(sql -> sql.one(
                        "select hash from initial_access_tokens where hash = ? and uses_left > 0 and expires_at > ?",
                        row -> row.text("hash"),
                        hash,
                        now))
                .isPresent();
    }

    @Override
    public boolean use(Transaction transaction, String hash, Instant now) {
        return database.in(transaction).update("""
            update initial_access_tokens set uses_left = uses_left - 1
            where hash = ? and uses_left > 0 and expires_at > ?\
            """, hash, now) == 1;
    }

    @Override
    public int removeExpiredBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction).update("""
            delete from initial_access_tokens where hash in (
                select hash from initial_access_tokens where expires_at < ? order by expires_at limit ?)\
            """, instant, limit);
    }
}
