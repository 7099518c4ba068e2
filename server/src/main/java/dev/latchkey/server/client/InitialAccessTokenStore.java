package dev.latchkey.server.client;

import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;

/** Keeps the tokens that let somebody register clients (RFC 7591 §1.2), by their {@link ClientSecret#hash}. */
public interface InitialAccessTokenStore {
    void insert(Transaction transaction, String hash, int uses, Instant expiresAt);

    /** Whether a use of the token is left at the instant. */
    boolean isUsable(String hash, Instant now);

    /** Takes one use by one conditional update: of any number of racing requests only so many are told true. */
    boolean use(Transaction transaction, String hash, Instant now);

    /** Forgets those that expired before the instant; at most {@code limit}. Returns how many. */
    int removeExpiredBefore(Transaction transaction, Instant instant, int limit);
}
