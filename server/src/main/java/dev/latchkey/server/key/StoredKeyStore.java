package dev.latchkey.server.key;

import dev.latchkey.server.protocol.Transaction;
import java.util.List;

/** Keeps the issuer's keys. They are few: all are read at once. */
public interface StoredKeyStore {
    List<StoredKey> list();

    /** Has units of work that change keys run one after the other, on all instances, from here on. */
    void lock(Transaction transaction);

    void insert(Transaction transaction, StoredKey key);

    boolean remove(Transaction transaction, String keyId);
}
