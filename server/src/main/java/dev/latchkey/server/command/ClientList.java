package dev.latchkey.server.command;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import java.util.List;
import java.util.Locale;

/** {@code client list}. */
final class ClientList extends StoreCommand {
    private static final int PAGE = 500;

    ClientList(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("list", "Lists the clients.").flag(Table.JSON, "Prints JSON: a list of objects.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        Table table = new Table(
                "client_id",
                "client_name",
                "grant_types",
                "token_endpoint_auth_method",
                "scope",
                "redirect_uris",
                "dpop_bound_access_tokens",
                "require_pushed_authorization_requests",
                "disabled",
                "origin");
        String after = "";
        List<Client> page;
        do {
            page = store.clients().list(after, PAGE);
            page.forEach(client -> add(table, client));
            after = page.isEmpty() ? after : page.getLast().id().value();
        } while (page.size() == PAGE);
        table.print(call.arguments(), call.terminal());
        return OK;
    }

    private static void add(Table table, Client client) {
        ClientMetadata metadata = client.metadata();
        table.add(
                client.id().value(),
                metadata.clientName(),
                metadata.grantTypes().stream().map(Object::toString).sorted().toList(),
                metadata.authenticationMethod().toString(),
                metadata.scope().toString(),
                metadata.redirectUris(),
                metadata.bound().dpop(),
                metadata.signIn().requirePushedRequests(),
                client.disabled(),
                client.origin().name().toLowerCase(Locale.ROOT));
    }
}
