package dev.latchkey.server.sql;

import dev.latchkey.server.key.StoredKey;
import dev.latchkey.server.key.StoredKeyStore;
import dev.latchkey.server.protocol.Transaction;
import java.util.List;

/** Keeps the issuer's keys, encrypted as they come, in the table {@code issuer_keys}. */
public final class SqlStoredKeyStore implements StoredKeyStore {
    private final Database database;

    public SqlStoredKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public List<StoredKey> list() {
        return database.read(sql -> sql.list(
                """
                select key_id, purpose, algorithm, encrypted_jwk, created_at, signs_from
                from issuer_keys
                order by created_at, key_id\
                """,
                row -> new StoredKey(
                        row.text("key_id"),
                        StoredKey.Purpose.valueOf(row.text("purpose")),
                        row.text("algorithm"),
                        row.text("encrypted_jwk"),
                        row.instant("created_at"),
                        row.instant("signs_from"))));
    }

    @Override
    public void lock(Transaction transaction) {
        database.in(transaction).lock("keys");
    }

    @Override
    public void insert(Transaction transaction, StoredKey key) {
        database.in(transaction)
                .update(
                        """
                        insert into issuer_keys (key_id, purpose, algorithm, encrypted_jwk, created_at, signs_from)
                        values (?, ?, ?, ?, ?, ?)\
                        """,
                        key.keyId(),
                        key.purpose().name(),
                        key.algorithm(),
                        key.encryptedJwk(),
                        key.createdAt(),
                        key.signsFrom());
    }

    @Override
    public boolean remove(Transaction transaction, String keyId) {
        return database.in(transaction).update("delete from issuer_keys where key_id = ?", keyId) == 1;
    }
}
