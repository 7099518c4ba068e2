package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.user.ConfiguredCredentialStore;
import java.util.Optional;

/** Keeps by what the configuration last set a password, in the table {@code configured_credentials}. */
public final class SqlConfiguredCredentialStore implements ConfiguredCredentialStore {
    private final Database database;

    public SqlConfiguredCredentialStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> find(UserId id) {
        return database.read(sql -> sql.one(
                "select fingerprint from configured_credentials where user_id = ?",
                row -> row.text("fingerprint"),
                id.value()));
    }

    @Override
    public void lock(Transaction transaction) {
        database.in(transaction).lock("configuration");
    }

    @Override
    public void save(Transaction transaction, UserId id, String fingerprint) {
        database.in(transaction).update("""
            insert into configured_credentials (user_id, fingerprint) values (?, ?)
            on conflict (user_id) do update set fingerprint = excluded.fingerprint\
            """, id.value(), fingerprint);
    }
}
