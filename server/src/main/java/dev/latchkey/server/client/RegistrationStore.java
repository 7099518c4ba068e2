package dev.latchkey.server.client;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps which clients registered themselves. A registration goes with its client: {@link ClientStore#remove} removes it too.
 */
public interface RegistrationStore {
    Optional<Registration> find(ClientId id);

    /** Adds a registration, unless there are so many already. False where there are. */
    boolean insert(Transaction transaction, Registration registration, int most);

    /** Whether this registration, with this token, still stands for this unit of work. */
    boolean stands(Transaction transaction, Registration registration);

    /** Notes that the client got a token, the first time that it did. */
    void markUsed(Transaction transaction, ClientId id, Instant now);

    /** Clients that were registered before the instant and never got a token; at most {@code limit}. */
    List<ClientId> listUnused(Instant registeredBefore, int limit);

    /** Removes the registration if its client still has got no token; false otherwise. */
    boolean removeUnused(Transaction transaction, ClientId id);
}
