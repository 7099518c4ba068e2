package dev.latchkey.server.key;

import java.time.Instant;

/**
 * A key as it rests in the store: its private part only encrypted.
 *
 * @param keyId the {@code kid}
 * @param purpose what it is for
 * @param algorithm the one algorithm it is used with: a JWA name
 * @param encryptedJwk the private JWK under the master key, as {@link MasterKey#encrypt} wrote it
 * @param createdAt from when on it is published
 * @param signsFrom from when on it signs, until a younger key of its algorithm does
 */
public record StoredKey(
        String keyId, Purpose purpose, String algorithm, String encryptedJwk, Instant createdAt, Instant signsFrom) {

    /** What a key is for; one key is never used for two purposes. */
    public enum Purpose {
        /** Signs tokens; its public part is in the key set. */
        SIGNING,
        /** Authenticates refresh tokens; never published. */
        REFRESH
    }

    @Override
    public String toString() {
        return purpose + " key " + keyId + " for " + algorithm;
    }
}
