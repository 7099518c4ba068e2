package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.user.User;
import java.io.IOException;

/** A command that works on the store, also while the server runs: opens it, does its work, closes it. */
abstract class StoreCommand implements Command {
    private final Backend backend;

    StoreCommand(Backend backend) {
        this.backend = backend;
    }

    /** A command with the options that find the store. */
    final Syntax spec(String name, String description) {
        return ConfigOptions.addIssuerTo(Syntax.of(name, description));
    }

    @Override
    public final int run(Arguments arguments, Terminal terminal) throws IOException {
        Settings settings = ConfigOptions.loadIssuer(arguments, terminal);
        try (Backend.Administration store = backend.administer(settings)) {
            store.madeAnew().ifPresent(file -> terminal.err().println("latchkey: made a new store, " + file));
            return run(new Call(arguments, terminal, settings), store);
        }
    }

    abstract int run(Call call, Backend.Administration store) throws IOException;

    /** What was asked for. */
    record Call(Arguments arguments, Terminal terminal, Settings settings) {
        void say(String line) {
            terminal.out().println(line);
        }
    }

    static AuditEvent event(AuditEvent.Type type, User user) {
        return AuditEvent.of(type).with("sub", user.id()).with("username", user.username());
    }

    static AuditEvent event(AuditEvent.Type type, Client client) {
        return AuditEvent.of(type).with("client_id", client.id());
    }

    static User user(Backend.Administration store, String username) {
        return store.users()
                .findByUsername(username)
                .orElseThrow(() -> CommandException.refused("there is no user " + username));
    }

    static Client client(Backend.Administration store, String id) {
        if (!ClientId.isValid(id)) {
            throw CommandException.usage("a client_id has 1 to 255 printable ASCII characters");
        }
        return store.clients()
                .find(new ClientId(id))
                .orElseThrow(() -> CommandException.refused("there is no client " + id));
    }
}
