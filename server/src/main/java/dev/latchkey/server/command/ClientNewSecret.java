package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.server.protocol.Origin;
import java.util.Optional;

/** {@code client secret}: another secret, printed once; the old one is refused from then on. */
final class ClientNewSecret extends StoreCommand {
    ClientNewSecret(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("secret", "Makes another secret and prints it once; the old one is refused from then on.")
                .positional("CLIENT_ID", "Which.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        Client client = client(store, call.arguments().positional());
        if (client.origin() == Origin.CONFIGURATION) {
            throw CommandException.refused(client.id() + " is a client of the configuration: its secret is set there");
        }
        AuthenticationMethod method = client.metadata().authenticationMethod();
        if (!method.usesSecret()) {
            throw CommandException.refused(client.id()
                    + (client.isConfidential() ? " proves itself by its keys" : " is a public client")
                    + " and has no secret");
        }
        String secret = ClientSecret.generate(call.terminal().random(), method);
        Client changed = new Client(
                client.id(),
                store.clientSecrets().keep(client.id(), method, Optional.of(secret)),
                client.metadata(),
                client.disabled(),
                client.origin(),
                client.createdAt());
        boolean kept = store.unitOfWork().run(transaction -> {
            boolean replaced = store.clients().replace(transaction, client, changed);
            if (replaced) {
                store.record(transaction, event(AuditEvent.Type.CLIENT_SECRET_CHANGE, client));
            }
            return replaced;
        });
        if (!kept) {
            throw CommandException.refused(
                    client.id() + " was changed or removed meanwhile, and was left alone: try again");
        }
        call.say("client_secret: " + secret + " (shown only now)");
        return OK;
    }
}
