package dev.latchkey.server.client;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import java.util.List;
import java.util.Optional;

/** Keeps clients. Reads see the last committed state; writes happen in the given unit of work. */
public interface ClientStore {
    Optional<Client> find(ClientId id);

    /** Clients in the order of their ids, those after the given one. */
    List<Client> list(String afterId, int limit);

    /** Adds the client. False when there is one with the same id, which stays as it is. */
    boolean insert(Transaction transaction, Client client);

    /** Replaces a client that was read before. False when it has been changed or removed since; it stays as it is then. */
    boolean replace(Transaction transaction, Client before, Client changed);

    /** Adds the client or replaces the one with the same id. */
    void save(Transaction transaction, Client client);

    /** Removes the client and its registration, if it has one. */
    boolean remove(Transaction transaction, ClientId id);
}
