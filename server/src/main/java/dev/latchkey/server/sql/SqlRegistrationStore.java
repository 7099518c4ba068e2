package dev.latchkey.server.sql;

import dev.latchkey.server.client.Registration;
import dev.latchkey.server.client.RegistrationStore;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps registrations in the table {@code registrations}. */
public final class SqlRegistrationStore implements RegistrationStore {
    private final Database database;

    public SqlRegistrationStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Registration> find(ClientId id) {
        return database.read(sql -> sql.one(
                "select client_id, token_hash, registered_at from registrations where client_id = ?",
                SqlRegistrationStore::registration,
                id.value()));
    }

    @Override
    public boolean insert(Transaction transaction, Registration registration, int most) {
        Sql sql = database.in(transaction);
        sql.lock("registrations"); // or two would count the same
        return sql.update(
                        """
                        insert into registrations (client_id, token_hash, registered_at)
                        select ?, ?, ? where (select count(*) from registrations) < ?\
                        """,
                        registration.clientId().value(),
                        registration.tokenHash(),
                        registration.registeredAt(),
                        most)
                == 1;
    }

    @Override
    public boolean stands(Transaction transaction, Registration registration) {
        Sql sql = database.in(transaction);
        return sql.one(
                        "select client_id from registrations where client_id = ? and token_hash = ?" + sql.forUpdate(),
                        row -> row.text("client_id"),
                        registration.clientId().value(),
                        registration.tokenHash())
                .isPresent();
    }

    @Override
    public void markUsed(Transaction transaction, ClientId id, Instant now) {
        database.in(transaction)
                .update(
                        "update registrations set used_at = ? where client_id = ? and used_at is null",
                        now,
                        id.value());
    }

    @Override
    public List<ClientId> listUnused(Instant registeredBefore, int limit) {
        return database.read(sql -> sql.list("""
            select client_id from registrations where used_at is null and registered_at < ?
            order by registered_at limit ?\
            """, row -> new ClientId(row.text("client_id")), registeredBefore, limit));
    }

    @Override
    public boolean removeUnused(Transaction transaction, ClientId id) {
        return database.in(transaction)
                        .update("delete from registrations where client_id = ? and used_at is null", id.value())
                == 1;
    }

    private static Registration registration(Row row) throws SQLException {
        return new Registration(
                new ClientId(row.text("client_id")), row.text("token_hash"), row.instant("registered_at"));
    }
}
