package dev.latchkey.server.sql;

import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.push.PushedRequest;
import dev.latchkey.server.push.PushedRequestStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Keeps pushed requests in the table {@code pushed_requests}; one that is ended is gone. */
public final class SqlPushedRequestStore implements PushedRequestStore {
    private static final String WAITING =
            "select 1 as one from pushed_requests where client_id = ? and begun_at is null limit 1 offset ?";
    private static final String BEGUN =
            "select 1 as one from pushed_requests where client_id = ? and begun_at is not null limit 1 offset ?";

    private final Database database;

    public SqlPushedRequestStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<PushedRequest> find(String hash) {
        return database.read(sql -> sql.one(
                "select hash, client_id, parameters, expires_at, begun_at from pushed_requests where hash = ?",
                SqlPushedRequestStore::request,
                hash));
    }

    @Override
    public boolean waitAsMany(ClientId client, int most) {
        return database.read(sql -> areAsMany(sql, WAITING, client, most));
    }

    @Override
    public boolean waitAsMany(Transaction transaction, ClientId client, int most) {
        return areAsMany(database.in(transaction), WAITING, client, most);
    }

    @Override
    public boolean begunAsMany(ClientId client, int most) {
        return database.read(sql -> areAsMany(sql, BEGUN, client, most));
    }

    @Override
    public boolean begunAsMany(Transaction transaction, ClientId client, int most) {
        return areAsMany(database.in(transaction), BEGUN, client, most);
    }

    private static boolean areAsMany(Sql sql, String query, ClientId client, int most) {
        return sql.one(query, row -> row.number("one"), client.value(), most - 1)
                .isPresent();
    }

    @Override
    public void insert(Transaction transaction, PushedRequest request) {
        database.in(transaction)
                .update(
                        "insert into pushed_requests (hash, client_id, parameters, expires_at) values (?, ?, ?, ?)",
                        request.hash(),
                        request.clientId().value(),
                        request.parameters().toForm(),
                        request.expiresAt());
    }

    @Override
    public boolean use(Transaction transaction, String hash) {
        Sql sql = database.in(transaction);
        sql.awaitEpoch();
        return sql.update("delete from pushed_requests where hash = ?", hash) == 1;
    }

    @Override
    public void begin(Transaction transaction, String hash, Instant now) {
        database.in(transaction)
                .update("update pushed_requests set begun_at = ? where hash = ? and begun_at is null", now, hash);
    }

    @Override
    public int removeExpired(Transaction transaction, Instant now, Instant begunBefore, int limit) {
        return database.in(transaction).update("""
            delete from pushed_requests where hash in (
                select hash from pushed_requests
                where expires_at < ? and (begun_at is null or begun_at < ?)
                order by expires_at limit ?)\
            """, now, begunBefore, limit);
    }

    private static PushedRequest request(Row row) throws SQLException {
        return new PushedRequest(
                row.text("hash"),
                new ClientId(row.text("client_id")),
                Parameters.parse(row.text("parameters"), Entitlement.RESOURCE),
                row.instant("expires_at"),
                Optional.ofNullable(row.instantOrNull("begun_at")));
    }
}
