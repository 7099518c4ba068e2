package dev.latchkey.server.token;

import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;

/** Keeps the {@code jti} of access tokens revoked one by one, until they would have expired anyway. */
public interface RevokedTokenStore {
    boolean isRevoked(String jti);

    /** Remembers it. False when it was known, which is then as durable as this unit of work. */
    boolean add(Transaction transaction, String jti, Instant expiresAt);

    /** Forgets those that expired before the instant; at most {@code limit}. Returns how many. */
    int removeExpiredBefore(Transaction transaction, Instant instant, int limit);
}
