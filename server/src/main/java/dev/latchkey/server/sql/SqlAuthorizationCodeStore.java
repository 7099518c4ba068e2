package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.token.AuthorizationCode;
import dev.latchkey.server.token.AuthorizationCodeStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Keeps authorization codes in the table {@code authorization_codes}. */
public final class SqlAuthorizationCodeStore implements AuthorizationCodeStore {
    /** A client that mixes up two requests of one user needs a second try; who guesses needs more. */
    private static final int MAX_FAILED_TRIES = 5;

    private static final String SELECT = """
        select hash, client_id, redirect_uri, code_challenge, nonce, browser_session, user_id, credential_version,
            auth_time, session_id, scope, audience, claims, expires_at, redeemed_at, jkt
        from authorization_codes where hash = ?\
        """;

    private final Database database;

    public SqlAuthorizationCodeStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<AuthorizationCode> find(String hash) {
        return database.read(sql -> sql.one(SELECT, SqlAuthorizationCodeStore::code, hash));
    }

    @Override
    public void insert(Transaction transaction, AuthorizationCode code) {
        AuthorizationCode.Binding binding = code.binding();
        AuthorizationCode.Login login = code.login();
        database.in(transaction)
                .update(
                        """
                        insert into authorization_codes (hash, client_id, redirect_uri, code_challenge, nonce,
                            browser_session, user_id, credential_version, auth_time, session_id, scope, audience, claims,
                            expires_at, failed_tries, redeemed_at, jkt)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, null, ?)\
                        """,
                        code.hash(),
                        binding.clientId().value(),
                        binding.redirectUri(),
                        binding.codeChallenge().orElse(null),
                        binding.nonce().orElse(null),
                        login.browserSession().value(),
                        login.userId().value(),
                        login.credentialVersion(),
                        login.authTime(),
                        code.sessionId().value(),
                        code.scope().toString(),
                        StoredText.of(code.audience()),
                        code.claims().toText(),
                        code.expiresAt(),
                        binding.key().map(KeyThumbprint::value).orElse(null));
    }

    @Override
    public boolean redeem(Transaction transaction, String hash, Instant now) {
        Sql sql = database.in(transaction);
        sql.awaitEpoch(); // a session is stored in the same unit of work
        // whoever signs out at this moment waits, and then finds the session that is begun by the code
        sql.list("""
            select id from browser_sessions
            where id = (select browser_session from authorization_codes where hash = ?)\
            """ + sql.forShare(), row -> row.text("id"), hash);
        return sql.update("""
            update authorization_codes set redeemed_at = ?
            where hash = ? and redeemed_at is null and expires_at > ? and failed_tries < ?
                and not exists (
                    select 1 from browser_sessions
                    where browser_sessions.id = authorization_codes.browser_session and ended_at is not null)\
            """, now, hash, now, MAX_FAILED_TRIES) == 1;
    }

    @Override
    public boolean isRedeemed(Transaction transaction, String hash) {
        return database.in(transaction)
                .one(SELECT, SqlAuthorizationCodeStore::code, hash)
                .flatMap(AuthorizationCode::redeemedAt)
                .isPresent();
    }

    @Override
    public void countFailedTry(Transaction transaction, String hash) {
        database.in(transaction)
                .update("update authorization_codes set failed_tries = failed_tries + 1 where hash = ?", hash);
    }

    @Override
    public void discard(Transaction transaction, UserId user, ClientId client) {
        database.in(transaction)
                .update(
                        "delete from authorization_codes where user_id = ? and client_id = ?",
                        user.value(),
                        client.value());
    }

    @Override
    public int removeExpiredBefore(Transaction transaction, Instant instant, int limit) {
        return database.in(transaction).update("""
            delete from authorization_codes where hash in (
                select hash from authorization_codes where expires_at < ? order by expires_at limit ?)\
            """, instant, limit);
    }

    private static AuthorizationCode code(Row row) throws SQLException {
        return new AuthorizationCode(
                row.text("hash"),
                new AuthorizationCode.Binding(
                        new ClientId(row.text("client_id")),
                        row.text("redirect_uri"),
                        Optional.ofNullable(row.textOrNull("code_challenge")),
                        Optional.ofNullable(row.textOrNull("nonce")),
                        Optional.ofNullable(row.textOrNull("jkt")).map(KeyThumbprint::new)),
                new AuthorizationCode.Login(
                        new BrowserSessionId(row.text("browser_session")),
                        new UserId(row.text("user_id")),
                        row.number("credential_version"),
                        row.instant("auth_time")),
                new SessionId(row.text("session_id")),
                Scope.stored(row.text("scope")),
                StoredText.list(row.text("audience")),
                RequestedClaims.ofText(row.text("claims")),
                row.instant("expires_at"),
                Optional.ofNullable(row.instantOrNull("redeemed_at")));
    }
}
