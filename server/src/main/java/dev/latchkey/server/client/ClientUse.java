package dev.latchkey.server.client;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.UnitOfWork;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notes that a client that registered itself is in use, so that it does not expire. Writes once for each such client and run
 * of the server, and never for others. Safe for many threads.
 */
public final class ClientUse {
    private static final int MAX_REMEMBERED = 10_000;

    private final RegistrationStore registrations;
    private final UnitOfWork unitOfWork;
    private final InstantSource clock;
    private final Set<ClientId> remembered = ConcurrentHashMap.newKeySet();

    public ClientUse(RegistrationStore registrations, UnitOfWork unitOfWork, InstantSource clock) {
        this.registrations = registrations;
        this.unitOfWork = unitOfWork;
        this.clock = clock;
    }

    /** The client is given a token. */
    public void note(Client client) {
        if (client.origin() != Origin.REGISTRATION || remembered.contains(client.id())) {
            return;
        }
        unitOfWork.run(transaction -> {
            registrations.markUsed(transaction, client.id(), clock.instant());
            return true;
        });
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.add(client.id());
    }
}
