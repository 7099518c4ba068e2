package dev.latchkey.server.client;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;

/** Keeps which client assertions were used, by the SHA-256 of their {@code jti}, until they would have expired anyway. */
public interface UsedAssertionStore {
    /** Marks the assertion as used. False if it was already: of many at the same time one is told true. */
    boolean use(Transaction transaction, ClientId clientId, String jtiHash, Instant expiresAt);

    /** Forgets those that expired before the instant; at most {@code limit}. Returns how many. */
    int removeExpiredBefore(Transaction transaction, Instant instant, int limit);
}
