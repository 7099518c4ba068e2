package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.session.Rotation;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.session.StatusIndex;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps sessions in the table {@code sessions}.
 *
 * <p>Ended sessions are found by {@code sweep_at}, which a refresh leaves alone: it is their expiry as it was at login or
 * at the last sweep that met them. So a refresh, which is most of all writes, changes one page and no index.
 */
public final class SqlSessionStore implements SessionStore {
    private static final String COLUMNS = """
        id, user_id, client_id, scope, audience, credential_version, auth_time, created_at, last_used_at,
            expires_at, generation, rotated_at, revoked_at, browser_session, claims, status_index, jkt\
        """;

    private static final String SELECT = "select " + COLUMNS + " from sessions";

    private static final String LIVE = " revoked_at is null and expires_at > ?";

    private static final String OF_VALID_USER = """
         exists (
            select 1 from users
            where users.id = sessions.user_id
                and users.disabled = ?
                and users.credential_version = sessions.credential_version)\
        """;

    private final Database database;

    public SqlSessionStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Session> find(SessionId id) {
        return database.read(sql -> sql.one(SELECT + " where id = ?", SqlSessionStore::session, id.value()));
    }

    @Override
    public List<Session> listLive(UserId user, Instant now, int limit) {
        return database.read(sql -> sql.list(
                SELECT + " where user_id = ? and" + LIVE + " order by created_at desc limit ?",
                SqlSessionStore::session,
                user.value(),
                now,
                limit));
    }

    @Override
    public void insert(Transaction transaction, Session session) {
        Sql sql = database.in(transaction);
        // whoever disables the user or the client at this moment, or begins an epoch, waits, and then finds the session
        sql.list(
                "select users.id from users, clients, epoch where users.id = ? and clients.id = ?" + sql.forShare(),
                row -> row.text("id"),
                session.userId().value(),
                session.clientId().value());
        sql.update(
                """
                insert into sessions (id, user_id, client_id, scope, audience, credential_version, auth_time,
                    created_at, last_used_at, expires_at, generation, rotated_at, revoked_at, sweep_at,
                    browser_session, claims, status_index, jkt)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    coalesce(cast(? as bigint), case when
                        exists (select 1 from users where id = ? and disabled = ? and credential_version = ?)
                        and exists (select 1 from clients where id = ? and disabled = ?)
                        and not exists (select 1 from epoch where first_status_index > cast(? as bigint))
                        then null else cast(? as bigint) end),
                    ?, ?, ?, ?, ?)\
                """,
                session.id().value(),
                session.userId().value(),
                session.clientId().value(),
                session.scope().toString(),
                StoredText.of(session.audience()),
                session.credentialVersion(),
                session.authTime(),
                session.createdAt(),
                session.lastUsedAt(),
                session.expiresAt(),
                session.generation(),
                session.rotatedAt(),
                session.revokedAt().orElse(null),
                session.userId().value(),
                false,
                session.credentialVersion(),
                session.clientId().value(),
                false,
                session.statusIndex().map(StatusIndex::value).orElse(null),
                session.createdAt(),
                session.revokedAt().orElse(session.expiresAt()),
                session.browserSession().map(BrowserSessionId::value).orElse(null),
                session.claims().toText(),
                session.statusIndex().map(StatusIndex::value).orElse(null),
                session.key().map(KeyThumbprint::value).orElse(null));
    }

    @Override
    public Rotation rotate(Transaction transaction, SessionId id, Rotation.Attempt attempt) {
        Sql sql = database.in(transaction);
        int moved = sql.update(
                "update sessions set generation = ?, rotated_at = ?, last_used_at = ?, expires_at = ?"
                        + " where id = ? and generation <= ? and" + LIVE
                        + " and" + OF_VALID_USER,
                attempt.generation() + 1,
                attempt.now(),
                attempt.now(),
                attempt.expiresAt(),
                id.value(),
                attempt.generation(),
                attempt.now(),
                false);
        return moved == 1 ? new Rotation.Rotated(attempt.generation() + 1) : notMoved(sql, id, attempt);
    }

    private static Rotation notMoved(Sql sql, SessionId id, Rotation.Attempt attempt) {
        Optional<Session> found = sql.one(
                SELECT + " where id = ? and" + LIVE + " and" + OF_VALID_USER + sql.forUpdate(),
                SqlSessionStore::session,
                id.value(),
                attempt.now(),
                false);
        if (found.isEmpty()) {
            return new Rotation.Ended();
        }
        Session session = found.get();
        boolean previous = attempt.generation() == session.generation() - 1;
        if (previous && !session.rotatedAt().isBefore(floor(attempt.graceSince()))) {
            return new Rotation.Repeated(session.generation());
        }
        revoke(sql, id, attempt.now()); // RFC 9700 §4.14.2
        return new Rotation.Replayed();
    }

    /** The instant in the precision of the store. */
    private static Instant floor(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    @Override
    public boolean revoke(Transaction transaction, SessionId id, Instant now) {
        Sql sql = database.in(transaction);
        boolean revoked = revoke(sql, id, now);
        if (!revoked) {
            sql.confirm("select id from sessions where id = ?", id.value());
        }
        return revoked;
    }

    private static boolean revoke(Sql sql, SessionId id, Instant now) {
        return sql.update(
                        "update sessions set revoked_at = ?, sweep_at = ? where id = ? and" + LIVE,
                        now,
                        now,
                        id.value(),
                        now)
                == 1;
    }

    @Override
    public List<Session> revokeAll(Transaction transaction, UserId user, Instant now) {
        return revoked(database.in(transaction), " where user_id = ? and" + LIVE, now, now, user.value(), now);
    }

    @Override
    public List<Session> revokeAll(Transaction transaction, UserId user, ClientId client, Instant now) {
        return revoked(
                database.in(transaction),
                " where user_id = ? and client_id = ? and" + LIVE,
                now,
                now,
                user.value(),
                client.value(),
                now);
    }

    @Override
    public int revokeAll(Transaction transaction, ClientId client, Instant now, int limit) {
        return database.in(transaction)
                .update(
                        "update sessions set revoked_at = ?, sweep_at = ? where id in"
                                + " (select id from sessions where client_id = ? and" + LIVE + " limit ?)",
                        now,
                        now,
                        client.value(),
                        now,
                        limit);
    }

    @Override
    public boolean retireStatusIndex(Transaction transaction, SessionId id, StatusIndex next, Instant now) {
        Sql sql = database.in(transaction);
        int retired = sql.update(
                "insert into retired_status_indexes (status_index, retired_at)"
                        + " select status_index, ? from sessions where id = ? and status_index is not null and" + LIVE,
                now,
                id.value(),
                now);
        return retired == 1
                && sql.update("update sessions set status_index = ? where id = ?", next.value(), id.value()) == 1;
    }

    @Override
    public List<StatusIndex> listRevokedSince(Instant instant) {
        return database.read(
                sql -> sql.list("""
                    select status_index from sessions
                    where revoked_at is not null and revoked_at >= ? and status_index is not null
                    union all
                    select status_index from retired_status_indexes where retired_at >= ?\
                    """, row -> new StatusIndex(row.number("status_index")), instant, instant));
    }

    @Override
    public int removeRetiredBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction)
                .update(
                        "delete from retired_status_indexes where status_index in"
                                + " (select status_index from retired_status_indexes where retired_at < ? limit ?)",
                        instant,
                        limit);
    }

    @Override
    public List<Session> listLive(BrowserSessionId browserSession, Instant now, int limit) {
        return database.read(sql -> sql.list(
                SELECT + " where browser_session = ? and" + LIVE + " order by created_at desc limit ?",
                SqlSessionStore::session,
                browserSession.value(),
                now,
                limit));
    }

    @Override
    public List<Session> listLive(Transaction transaction, BrowserSessionId browserSession, Instant now) {
        return database.in(transaction)
                .list(
                        SELECT + " where browser_session = ? and" + LIVE + " order by created_at desc",
                        SqlSessionStore::session,
                        browserSession.value(),
                        now);
    }

    @Override
    public List<Session> listLive(Transaction transaction, UserId user, Instant now) {
        return database.in(transaction)
                .list(
                        SELECT + " where user_id = ? and" + LIVE + " order by created_at desc",
                        SqlSessionStore::session,
                        user.value(),
                        now);
    }

    private static List<Session> revoked(Sql sql, String where, Object... arguments) {
        return sql
                .list(
                        "update sessions set revoked_at = ?, sweep_at = ?" + where + " returning " + COLUMNS,
                        SqlSessionStore::session,
                        arguments)
                .stream()
                .sorted(Comparator.comparing(Session::createdAt).reversed())
                .toList();
    }

    @Override
    public int sweep(Transaction transaction, Instant instant, int limit) {
        Sql sql = database.in(transaction);
        // not by sweep_at again: where its statistics are old, PostgreSQL would look for the rows by that, all of them
        // for each
        int moved = sql.update("""
            update sessions set sweep_at = coalesce(revoked_at, expires_at)
            where id in (select id from sessions where sweep_at < ? order by sweep_at limit ?)
                and coalesce(revoked_at, expires_at) >= ?\
            """, instant, limit, instant);
        int removed = sql.update("""
            delete from sessions
            where id in (select id from sessions where sweep_at < ? order by sweep_at limit ?)
                and coalesce(revoked_at, expires_at) < ?\
            """, instant, limit, instant);
        return moved + removed;
    }

    private static Session session(Row row) throws SQLException {
        return new Session(
                new SessionId(row.text("id")),
                new UserId(row.text("user_id")),
                new ClientId(row.text("client_id")),
                Scope.stored(row.text("scope")),
                StoredText.list(row.text("audience")),
                row.number("credential_version"),
                row.instant("auth_time"),
                row.instant("created_at"),
                row.instant("last_used_at"),
                row.instant("expires_at"),
                row.number("generation"),
                row.instant("rotated_at"),
                Optional.ofNullable(row.instantOrNull("revoked_at")),
                Optional.ofNullable(row.textOrNull("browser_session")).map(BrowserSessionId::new),
                RequestedClaims.ofText(row.text("claims")),
                Optional.ofNullable(row.numberOrNull("status_index")).map(StatusIndex::new),
                Optional.ofNullable(row.textOrNull("jkt")).map(KeyThumbprint::new));
    }
}
