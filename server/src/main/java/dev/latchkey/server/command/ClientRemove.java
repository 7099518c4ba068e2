package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.session.ClientSessions;
import java.time.Instant;

/** {@code client remove}: its sessions have ended with it. */
final class ClientRemove extends StoreCommand {
    ClientRemove(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("remove", "Removes a client and ends every session at it.").positional("CLIENT_ID", "Which.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        Client client = client(store, call.arguments().positional());
        if (client.origin() == Origin.CONFIGURATION) {
            throw CommandException.refused(
                    client.id() + " is a client of the configuration: remove it there and start again");
        }
        Instant now = call.terminal().clock().instant();
        ClientSessions sessions = new ClientSessions(store.sessions(), store.unitOfWork());
        boolean gone = sessions.endAfter(client.id(), now, transaction -> {
            boolean removed = store.clients().remove(transaction, client.id());
            if (removed) {
                store.record(transaction, event(AuditEvent.Type.CLIENT_DELETE, client));
            }
            return removed;
        });
        if (!gone) {
            throw CommandException.refused("there is no client " + client.id() + " any more");
        }
        call.say("removed " + client.id());
        return OK;
    }
}
