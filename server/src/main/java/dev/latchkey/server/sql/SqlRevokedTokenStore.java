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
    public boolean add(Transaction transaction, String jti, Instant expiresAt) {
        Sql sql = database.in(transaction);
        int added = sql.update(
                "insert into revoked_tokens (jti, expires_at) values (?, ?) on conflict (jti) do nothing",
                jti,
                expiresAt);
        if (added == 0) {
            sql.confirm("select jti from revoked_tokens where jti = ?", jti);
        }
        return added == 1;
    }

    @Override
    public int removeExpiredBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction).update("""
            delete from revoked_tokens where jti in (
                select jti from revoked_tokens where expires_at < ? order by expires_at limit ?)\
            """, instant, limit);
    }
}
