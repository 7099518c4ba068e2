package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.token.RevokedTokenStore;
import java.time.Instant;

/** Keeps revoked access tokens in the table {@code revoked_tokens}. */
public final class SqlRevokedTokenStore implements RevokedTokenStore {
    private final Database database;

    public SqlRevokedTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean isRevoked(String jti) {
        return database.read(
                        sql -> sql.one("select jti from revoked_tokens where jti = ?", row -> row.text("jti"), jti))
                .isPresent();
    }

    @Override
    public void add(Transaction transaction, String jti, Instant expiresAt) {
        database.in(transaction)
                .update(
                        "insert into revoked_tokens (jti, expires_at) values (?, ?) on conflict (jti) do nothing",
                        jti,
                        expiresAt);
    }

    @Override
    public int removeExpiredBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction).update("""
            delete from revoked_tokens where jti in (
                select jti from revoked_tokens where expires_at < ? order by expires_at limit ?)\
            """, instant, limit);
    }
}
