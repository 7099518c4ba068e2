package dev.latchkey.server.sql;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.client.Credential;
import dev.latchkey.server.client.Credential.HashedSecret;
import dev.latchkey.server.client.Credential.SealedSecret;
import dev.latchkey.server.client.MetadataMap;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps clients in the table {@code clients}, their metadata as JSON by the names of RFC 7591 §2. */
public final class SqlClientStore implements ClientStore {
    private static final String SELECT =
            "select id, secret_hash, sealed_secret, metadata, disabled, origin, created_at from clients";

    private static final String INSERT = """
        insert into clients (id, secret_hash, sealed_secret, metadata, disabled, origin, created_at)
        values (?, ?, ?, ?, ?, ?, ?)\
        """;

    private final Database database;
    private final RecentReads<ClientId, Client> recent;

    public SqlClientStore(Database database) {
        this.database = database;
        this.recent = new RecentReads<>(database);
    }

    @Override
    public Optional<Client> find(ClientId id) {
        return recent.find(id, sql -> sql.one(SELECT + " where id = ?", SqlClientStore::client, id.value()));
    }

    @Override
    public List<Client> list(String afterId, int limit) {
        return database.read(
                sql -> sql.list(SELECT + " where id > ? order by id limit ?", SqlClientStore::client, afterId, limit));
    }

    @Override
    public boolean insert(Transaction transaction, Client client) {
        return database.in(transaction).update(INSERT + " on conflict (id) do nothing", values(client)) == 1;
    }

    @Override
    public boolean replace(Transaction transaction, Client before, Client changed) {
        Sql sql = database.in(transaction);
        boolean same = sql.one(
                        SELECT + " where id = ?" + sql.forUpdate(),
                        SqlClientStore::client,
                        before.id().value())
                .equals(Optional.of(before));
        if (same) {
            save(transaction, changed);
        }
        return same;
    }

    @Override
    public void save(Transaction transaction, Client client) {
        database.in(transaction).update(INSERT + """
             on conflict (id) do update set
                secret_hash = excluded.secret_hash,
                sealed_secret = excluded.sealed_secret,
                metadata = excluded.metadata,
                disabled = excluded.disabled,
                origin = excluded.origin,
                created_at = excluded.created_at\
            """, values(client));
    }

    private static @Nullable Object[] values(Client client) {
        return new @Nullable Object[] {
            client.id().value(),
            client.credential() instanceof HashedSecret hashed ? hashed.hash() : null,
            client.credential() instanceof SealedSecret sealed ? sealed.sealed() : null,
            StoredText.of(MetadataMap.of(client.metadata())),
            client.disabled(),
            client.origin().name(),
            client.createdAt()
        };
    }

    @Override
    public boolean remove(Transaction transaction, ClientId id) {
        database.in(transaction).update("delete from registrations where client_id = ?", id.value());
        return database.in(transaction).update("delete from clients where id = ?", id.value()) == 1;
    }

    private static Credential credential(Row row) throws SQLException {
        String hash = row.textOrNull("secret_hash");
        String sealed = row.textOrNull("sealed_secret");
        if (hash != null) {
            return new HashedSecret(hash);
        }
        return sealed != null ? new SealedSecret(sealed) : new Credential.None();
    }

    private static Client client(Row row) throws SQLException {
        return new Client(
                new ClientId(row.text("id")),
                credential(row),
                MetadataMap.read(StoredText.map(row.text("metadata"))),
                row.flag("disabled"),
                Origin.valueOf(row.text("origin")),
                row.instant("created_at"));
    }
}
