package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.user.FailureCount;
import dev.latchkey.server.user.LoginFailureStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Keeps failed logins in the table {@code login_failures}. */
public final class SqlLoginFailureStore implements LoginFailureStore {
    private static final String SELECT = "select failures, last_failure_at from login_failures where subject = ?";

    private final Database database;

    public SqlLoginFailureStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<FailureCount> find(String key) {
        return database.read(sql -> sql.one(SELECT, SqlLoginFailureStore::count, key));
    }

    @Override
    public Optional<FailureCount> find(Transaction transaction, String key) {
        Sql sql = database.in(transaction);
        return sql.one(SELECT + sql.forUpdate(), SqlLoginFailureStore::count, key);
    }

    private static FailureCount count(Row row) throws SQLException {
        return new FailureCount(Math.toIntExact(row.number("failures")), row.instant("last_failure_at"));
    }

    /** Of what is not there yet nobody can lock the row, so it is there first: those who come together count one after the other. */
    @Override
    public Optional<FailureCount> add(Transaction transaction, String key, Instant at, Instant forgottenBefore) {
        Sql sql = database.in(transaction);
        sql.update(
                "insert into login_failures (subject, failures, last_failure_at) values (?, 0, ?)"
                        + " on conflict (subject) do nothing",
                key,
                Instant.EPOCH);
        Optional<FailureCount> before = sql.one(SELECT + sql.forUpdate(), SqlLoginFailureStore::count, key);
        sql.update("""
            update login_failures set
                failures = case when last_failure_at < ? then 1 else failures + 1 end,
                last_failure_at = ?
            where subject = ?\
            """, forgottenBefore, at, key);
        return before.filter(counted -> counted.count() > 0);
    }

    @Override
    public void clear(Transaction transaction, String key) {
        database.in(transaction).update("delete from login_failures where subject = ?", key);
    }

    @Override
    public int removeBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction).update("""
            delete from login_failures where subject in (
                select subject from login_failures where last_failure_at < ? order by last_failure_at limit ?)\
            """, instant, limit);
    }
}
