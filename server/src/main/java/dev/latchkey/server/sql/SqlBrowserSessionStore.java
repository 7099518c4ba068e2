package dev.latchkey.server.sql;

import dev.latchkey.server.browser.BrowserSession;
import dev.latchkey.server.browser.BrowserSessionStore;
import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps browser sessions in the table {@code browser_sessions}. */
public final class SqlBrowserSessionStore implements BrowserSessionStore {
    private static final String SELECT = """
        select id, browser, user_id, credential_version, auth_time, chosen_at, last_used_at, expires_at, user_agent,
            address, ended_at
        from browser_sessions\
        """;

    private static final String LIVE = " ended_at is null and expires_at > ?";

    private final Database database;

    public SqlBrowserSessionStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<BrowserSession> find(BrowserSessionId id) {
        return database.read(sql -> sql.one(SELECT + " where id = ?", SqlBrowserSessionStore::session, id.value()));
    }

    @Override
    public List<BrowserSession> listLive(String browser, Instant now) {
        return database.read(sql -> sql.list(
                SELECT + " where browser = ? and" + LIVE + " order by chosen_at desc, id",
                SqlBrowserSessionStore::session,
                browser,
                now));
    }

    @Override
    public List<BrowserSession> listLive(UserId user, Instant now, int limit) {
        return database.read(sql -> sql.list(
                SELECT + " where user_id = ? and" + LIVE + " order by last_used_at desc, id limit ?",
                SqlBrowserSessionStore::session,
                user.value(),
                now,
                limit));
    }

    @Override
    public void save(Transaction transaction, BrowserSession session) {
        Sql sql = database.in(transaction);
        sql.awaitEpoch();
        sql.update(
                """
                insert into browser_sessions (id, browser, user_id, credential_version, auth_time, chosen_at,
                    last_used_at, expires_at, user_agent, address, ended_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set
                    browser = excluded.browser,
                    credential_version = excluded.credential_version,
                    auth_time = excluded.auth_time,
                    chosen_at = excluded.chosen_at,
                    last_used_at = excluded.last_used_at,
                    expires_at = excluded.expires_at,
                    user_agent = excluded.user_agent,
                    address = excluded.address
                where browser_sessions.ended_at is null\
                """,
                session.id().value(),
                session.browser(),
                session.userId().value(),
                session.credentialVersion(),
                session.authTime(),
                session.chosenAt(),
                session.lastUsedAt(),
                session.expiresAt(),
                session.device().userAgent(),
                session.device().address(),
                session.endedAt().orElse(null));
    }

    @Override
    public void move(Transaction transaction, String fromBrowser, String toBrowser) {
        Sql sql = database.in(transaction);
        sql.awaitEpoch(); // a session is stored in the same unit of work
        sql.update("update browser_sessions set browser = ? where browser = ?", toBrowser, fromBrowser);
    }

    @Override
    public void choose(Transaction transaction, BrowserSessionId id, Instant now) {
        database.in(transaction).update("update browser_sessions set chosen_at = ? where id = ?", now, id.value());
    }

    @Override
    public void use(Transaction transaction, BrowserSessionId id, Instant now, Instant expiresAt) {
        database.in(transaction)
                .update(
                        "update browser_sessions set last_used_at = ?, expires_at = ? where id = ?",
                        now,
                        expiresAt,
                        id.value());
    }

    @Override
    public boolean end(Transaction transaction, BrowserSessionId id, Instant now) {
        Sql sql = database.in(transaction);
        int ended =
                sql.update("update browser_sessions set ended_at = ? where id = ? and" + LIVE, now, id.value(), now);
        if (ended == 0) {
            sql.confirm("select id from browser_sessions where id = ?", id.value());
        }
        return ended == 1;
    }

    @Override
    public void confirmEnds(Transaction transaction, String browser) {
        database.in(transaction).confirm("select id from browser_sessions where browser = ?", browser);
    }

    @Override
    public int endAllBut(Transaction transaction, UserId user, BrowserSessionId kept, Instant now) {
        return database.in(transaction)
                .update(
                        "update browser_sessions set ended_at = ? where user_id = ? and id <> ? and" + LIVE,
                        now,
                        user.value(),
                        kept.value(),
                        now);
    }

    @Override
    public int endAll(Transaction transaction, UserId user, Instant now) {
        return database.in(transaction)
                .update(
                        "update browser_sessions set ended_at = ? where user_id = ? and" + LIVE,
                        now,
                        user.value(),
                        now);
    }

    @Override
    public int removeEndedBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction).update("""
            delete from browser_sessions where id in (
                select id from browser_sessions where expires_at < ? order by expires_at limit ?)\
            """, instant, limit);
    }

    private static BrowserSession session(Row row) throws SQLException {
        return new BrowserSession(
                new BrowserSessionId(row.text("id")),
                row.text("browser"),
                new UserId(row.text("user_id")),
                row.number("credential_version"),
                row.instant("auth_time"),
                row.instant("chosen_at"),
                row.instant("last_used_at"),
                row.instant("expires_at"),
                new BrowserSession.Device(row.text("user_agent"), row.text("address")),
                Optional.ofNullable(row.instantOrNull("ended_at")));
    }
}
