package dev.latchkey.server.key;

import dev.latchkey.server.protocol.Transaction;
import java.util.List;

/** Keeps the issuer's keys. They are few: all are read at once. */
public interface StoredKeyStore {
    List<StoredKey> list();

    void insert(Transaction transaction, StoredKey key);

    boolean remove(Transaction transaction, String keyId);
}
