package dev.latchkey.server.protocol;

import java.time.Instant;

/**
 * Keeps which tokens that are good for one use were used, by the SHA-256 of their {@code jti}, until they would not be taken
 * anyway: client assertions (RFC 7523 §3) and DPoP proofs (RFC 9449 §11.1).
 */
public interface UsedTokenStore {
    /**
     * Marks the token as used.
     *
     * @param owner within whom the {@code jti} is unique: a client id, or nothing where the hash says that too
     * @param jtiHash in hexadecimal
     * @return false if it was used already: of many at the same time one is told true
     */
    boolean use(Transaction transaction, String owner, String jtiHash, Instant forgetAt);

    /** Forgets those whose time was before the instant; at most {@code limit}. Returns how many. */
    int removeExpiredBefore(Transaction transaction, Instant instant, int limit);
}
