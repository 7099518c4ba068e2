package dev.latchkey.server.push;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;
import java.util.Optional;

/** Keeps pushed requests by their hash until an answer ends them, or nobody can come with them any more. */
public interface PushedRequestStore {
    Optional<PushedRequest> find(String hash);

    /** Whether so many requests of the client wait for a user, or more. */
    boolean waitAsMany(ClientId client, int most);

    /** The same, as it is when the unit of work gets to it: others that run beside it do not count yet. */
    boolean waitAsMany(Transaction transaction, ClientId client, int most);

    /** Whether a user was shown a page for so many requests of the client, or more. */
    boolean begunAsMany(ClientId client, int most);

    /** The same, as {@link #waitAsMany(Transaction, ClientId, int)}. */
    boolean begunAsMany(Transaction transaction, ClientId client, int most);

    void insert(Transaction transaction, PushedRequest request);

    /**
     * Decides which answer ends the request by one conditional statement: of any number of racing ones one wins.
     *
     * @return false where another has ended it
     */
    boolean use(Transaction transaction, String hash);

    /** Notes that a user was shown a page for the request, the first time that one was. */
    void begin(Transaction transaction, String hash, Instant now);

    /** Removes what has expired: where a login has begun for it, only if that was before {@code begunBefore}. */
    int removeExpired(Transaction transaction, Instant now, Instant begunBefore, int limit);
}
