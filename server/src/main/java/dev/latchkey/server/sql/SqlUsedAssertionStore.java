package dev.latchkey.server.sql;

import dev.latchkey.server.client.UsedAssertionStore;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;

/** Keeps used client assertions in the table {@code used_assertions}. */
public final class SqlUsedAssertionStore implements UsedAssertionStore {
    private final Database database;

    public SqlUsedAssertionStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean use(Transaction transaction, ClientId clientId, String jtiHash, Instant expiresAt) {
        return database.in(transaction).update("""
            insert into used_assertions (client_id, jti_hash, expires_at) values (?, ?, ?)
            on conflict (client_id, jti_hash) do nothing\
            """, clientId.value(), jtiHash, expiresAt) == 1;
    }

    @Override
    public int removeExpiredBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction).update("""
            delete from used_assertions where (client_id, jti_hash) in (
                select client_id, jti_hash from used_assertions where expires_at < ? order by expires_at limit ?)\
            """, instant, limit);
    }
}
