package dev.latchkey.server.key;

import dev.latchkey.server.key.StoredKey.Purpose;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.token.Jwk;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The stored keys, opened: encrypts on the way in and decrypts on the way out, each key once. Safe for many threads. */
public final class KeyVault {
    private final StoredKeyStore store;
    private final UnitOfWork unitOfWork;
    private final MasterKey masterKey;
    private final Map<String, Jwk> opened = new ConcurrentHashMap<>();

    /** A key with its private part, and its times as in {@link StoredKey}. */
    record VaultKey(Jwk key, Purpose purpose, Instant createdAt, Instant signsFrom) {}

    public KeyVault(StoredKeyStore store, UnitOfWork unitOfWork, MasterKey masterKey) {
        this.store = store;
        this.unitOfWork = unitOfWork;
        this.masterKey = masterKey;
    }

    List<VaultKey> keys() {
        return store.list().stream()
                .map(stored -> new VaultKey(open(stored), stored.purpose(), stored.createdAt(), stored.signsFrom()))
                .toList();
    }

    private Jwk open(StoredKey stored) {
        return opened.computeIfAbsent(
                stored.keyId(), keyId -> Jwk.parse(masterKey.decrypt(stored.encryptedJwk(), keyId)));
    }

    /** Adds the key unless there is one of its purpose and algorithm, so that of two first starts one makes it. */
    void addIfNone(VaultKey added) {
        StoredKey stored = encrypted(added);
        unitOfWork.run(transaction -> {
            store.lock(transaction);
            boolean none = store.list().stream()
                    .noneMatch(other -> other.purpose() == stored.purpose()
                            && other.algorithm().equals(stored.algorithm()));
            if (none) {
                store.insert(transaction, stored);
            }
            return none;
        });
    }

    void add(VaultKey added) {
        StoredKey stored = encrypted(added);
        unitOfWork.run(transaction -> {
            store.insert(transaction, stored);
            return true;
        });
    }

    /**
     * Adds the key as the successor of another, unless that has one by now: of several instances that find it due, one rotates.
     *
     * @return whether it was added
     */
    boolean addAfter(String predecessorId, VaultKey added) {
        StoredKey stored = encrypted(added);
        return unitOfWork.run(transaction -> {
            store.lock(transaction);
            List<StoredKey> ofOneKind = store.list().stream()
                    .filter(other -> other.purpose() == stored.purpose()
                            && other.algorithm().equals(stored.algorithm()))
                    .toList();
            boolean isLast = !ofOneKind.isEmpty() && youngest(ofOneKind).keyId().equals(predecessorId);
            if (isLast) {
                store.insert(transaction, stored);
            }
            return isLast;
        });
    }

    private static StoredKey youngest(List<StoredKey> keys) {
        return Collections.max(keys, Comparator.comparing(StoredKey::signsFrom).thenComparing(StoredKey::keyId));
    }

    private StoredKey encrypted(VaultKey added) {
        Jwk key = added.key();
        return new StoredKey(
                key.keyId(),
                added.purpose(),
                key.algorithm().name(),
                masterKey.encrypt(key.toJson(), key.keyId()),
                added.createdAt(),
                added.signsFrom());
    }

    void remove(Collection<String> keyIds) {
        unitOfWork.run(transaction -> {
            keyIds.forEach(keyId -> store.remove(transaction, keyId));
            return true;
        });
        keyIds.forEach(opened::remove);
    }
}
