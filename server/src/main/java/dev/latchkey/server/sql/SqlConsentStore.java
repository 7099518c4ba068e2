package dev.latchkey.server.sql;

import dev.latchkey.server.consent.Consent;
import dev.latchkey.server.consent.ConsentStore;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps consents in the table {@code consents}. */
public final class SqlConsentStore implements ConsentStore {
    private static final String SELECT = "select user_id, client_id, scope, granted_at from consents";
    private static final String ONE = SELECT + " where user_id = ? and client_id = ?";

    private final Database database;

    public SqlConsentStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Consent> find(UserId user, ClientId client) {
        return database.read(sql -> sql.one(ONE, SqlConsentStore::consent, user.value(), client.value()));
    }

    @Override
    public Optional<Consent> find(Transaction transaction, UserId user, ClientId client) {
        Sql sql = database.in(transaction);
        return sql.one(ONE + sql.forShare(), SqlConsentStore::consent, user.value(), client.value());
    }

    @Override
    public List<Consent> list(UserId user, int limit) {
        return database.read(sql -> sql.list(
                SELECT + " where user_id = ? order by client_id limit ?",
                SqlConsentStore::consent,
                user.value(),
                limit));
    }

    @Override
    public void grant(Transaction transaction, Consent consent) {
        Sql sql = database.in(transaction);
        String user = consent.userId().value();
        String client = consent.clientId().value();
        int first = sql.update("""
            insert into consents (user_id, client_id, scope, granted_at) values (?, ?, ?, ?)
            on conflict (user_id, client_id) do nothing\
            """, user, client, consent.scope().toString(), consent.grantedAt());
        if (first == 1) {
            return;
        }
        Set<String> tokens = new LinkedHashSet<>();
        sql.one(ONE + sql.forUpdate(), SqlConsentStore::consent, user, client)
                .ifPresent(before -> tokens.addAll(before.scope().tokens()));
        tokens.addAll(consent.scope().tokens());
        sql.update(
                "update consents set scope = ?, granted_at = ? where user_id = ? and client_id = ?",
                new Scope(tokens).toString(),
                consent.grantedAt(),
                user,
                client);
    }

    @Override
    public boolean withdraw(Transaction transaction, UserId user, ClientId client) {
        Sql sql = database.in(transaction);
        int withdrawn =
                sql.update("delete from consents where user_id = ? and client_id = ?", user.value(), client.value());
        if (withdrawn == 0) {
            sql.confirm("select id from users where id = ?", user.value()); // what was withdrawn has left no row
        }
        return withdrawn == 1;
    }

    @Override
    public void forget(Transaction transaction, ClientId client) {
        database.in(transaction).update("delete from consents where client_id = ?", client.value());
    }

    private static Consent consent(Row row) throws SQLException {
        return new Consent(
                new UserId(row.text("user_id")),
                new ClientId(row.text("client_id")),
                Scope.stored(row.text("scope")),
                row.instant("granted_at"));
    }
}
