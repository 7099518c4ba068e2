package dev.latchkey.server.command;

import dev.latchkey.server.session.Session;
import dev.latchkey.server.user.User;
import java.time.Instant;
import java.util.Optional;

/** {@code session list}: the sessions that live. */
final class SessionList extends StoreCommand {
    private static final int LIMIT_PER_USER = 10_000;

    SessionList(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("list", "Lists the sessions that live.")
                .option("--user", "USERNAME", "Those of one user.")
                .flag(Table.JSON, "Prints JSON: a list of objects.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        Instant now = call.terminal().clock().instant();
        Table table = new Table("sid", "username", "client_id", "scope", "auth_time", "last_used", "expires");
        Optional<String> username = call.arguments().text("--user");
        if (username.isPresent()) {
            addAll(table, store, user(store, username.get()), now);
        } else {
            UserList.each(store, user -> addAll(table, store, user, now));
        }
        table.print(call.arguments(), call.terminal());
        return OK;
    }

    private static void addAll(Table table, Backend.Administration store, User user, Instant now) {
        for (Session session : store.sessions().listLive(user.id(), now, LIMIT_PER_USER)) {
            table.add(
                    session.id().value(),
                    user.username(),
                    session.clientId().value(),
                    session.scope().toString(),
                    session.authTime().toString(),
                    session.lastUsedAt().toString(),
                    session.expiresAt().toString());
        }
    }
}
