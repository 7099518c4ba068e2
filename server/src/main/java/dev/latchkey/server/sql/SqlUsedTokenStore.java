package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UsedTokenStore;
import java.time.Instant;

/** Keeps used tokens in the table {@code used_assertions}, which is older than the other kinds; {@code client_id} is the owner. */
public final class SqlUsedTokenStore implements UsedTokenStore {
    private final Database database;

    public SqlUsedTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean use(Transaction transaction, String owner, String jtiHash, Instant forgetAt) {
        return database.in(transaction).update("""
            insert into used_assertions (client_id, jti_hash, expires_at) values (?, ?, ?)
            on conflict (client_id, jti_hash) do nothing\
            """, owner, jtiHash, forgetAt) == 1;
    }

    @Override
    public int removeExpiredBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction).update("""
            delete from used_assertions where (client_id, jti_hash) in (
                select client_id, jti_hash from used_assertions where expires_at < ? order by expires_at limit ?)\
            """, instant, limit);
    }
}
