package dev.latchkey.server.user;

import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;
import java.util.Optional;

/** Keeps how often a login failed, by key: an account or an address, in the form that {@link PasswordLogin} writes it. */
public interface LoginFailureStore {
    Optional<FailureCount> find(String key);

    /** The same; nobody else changes it until this unit of work ends. */
    Optional<FailureCount> find(Transaction transaction, String key);

    /**
     * Counts one failure; the count starts again at one when the last was before {@code forgottenBefore}. Returns what was counted
     * before it, which nobody else changes until this unit of work ends, also where that is nothing.
     */
    Optional<FailureCount> add(Transaction transaction, String key, Instant at, Instant forgottenBefore);

    void clear(Transaction transaction, String key);

    /** Removes the counts whose last failure was before the instant; at most {@code limit} of them. Returns how many. */
    int removeBefore(Transaction transaction, Instant instant, int limit);
}
