package dev.latchkey.server.signout;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.session.Session;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts into the queue what clients have to be told over the back channel. */
final class Notices {
    /** A client that signs in silently every few minutes has many sessions, and cares for the newest. */
    private static final int MAX_PER_CLIENT = 20;

    private static final int ID_BYTES = 16;

    private final SignOut.Telling telling;

    Notices(SignOut.Telling telling) {
        this.telling = telling;
    }

    /**
     * One delivery for each of the sessions, the newest first, whose client listens, and has them begun after the commit.
     *
     * @param clients as far as they are known; one that is not is looked up when it is told
     */
    void enqueue(Transaction transaction, List<Session> ended, Map<ClientId, Client> clients, Instant now) {
        Map<ClientId, Integer> told = new HashMap<>();
        for (Session session : ended) {
            ClientId client = session.clientId();
            if (listens(clients, client) && told.merge(client, 1, Integer::sum) <= MAX_PER_CLIENT) {
                telling.deliveries()
                        .insert(
                                transaction,
                                new LogoutDelivery(newId(), client, session.userId(), session.id(), now, now, 0));
            }
        }
        if (!told.isEmpty()) {
            transaction.afterCommit(telling.wake());
        }
    }

    /** The clients of sessions. */
    static Map<ClientId, Client> clientsOf(Stream<Session> sessions, ClientStore store) {
        Map<ClientId, Client> clients = new HashMap<>();
        sessions.map(Session::clientId)
                .distinct()
                .forEach(id -> store.find(id).ifPresent(client -> clients.put(id, client)));
        return clients;
    }

    private static boolean listens(Map<ClientId, Client> clients, ClientId id) {
        Client client = clients.get(id);
        return client == null || client.metadata().logout().backChannelUri().isPresent();
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        telling.random().nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
