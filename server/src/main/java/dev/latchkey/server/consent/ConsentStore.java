package dev.latchkey.server.consent;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import java.util.List;
import java.util.Optional;

/** Keeps consents. Reads see the last committed state; writes happen in the given unit of work. */
public interface ConsentStore {
    Optional<Consent> find(UserId user, ClientId client);

    /** The same; it is not withdrawn until this unit of work ends. */
    Optional<Consent> find(Transaction transaction, UserId user, ClientId client);

    /** The consents of a user in the order of the clients' ids; at most {@code limit}. */
    List<Consent> list(UserId user, int limit);

    /** Adds to what the user has allowed the client before. */
    void grant(Transaction transaction, Consent consent);

    /** Forgets what the user has allowed the client. False where that was nothing. */
    boolean withdraw(Transaction transaction, UserId user, ClientId client);

    /** Forgets what anybody has allowed the client. */
    void forget(Transaction transaction, ClientId client);
}
