package dev.latchkey.server.command;

import dev.latchkey.server.user.User;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** {@code user list}. */
final class UserList extends StoreCommand {
    private static final int PAGE = 500;

    UserList(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("list", "Lists the users.").flag(Table.JSON, "Prints JSON: a list of objects.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        Table table = new Table("username", "sub", "email", "roles", "password", "disabled", "origin", "created");
        each(
                store,
                user -> table.add(
                        user.username(),
                        user.id().value(),
                        String.valueOf(user.claims().getOrDefault("email", "")),
                        user.roles(),
                        user.passwordHash().isPresent(),
                        user.disabled(),
                        user.origin().name().toLowerCase(Locale.ROOT),
                        user.createdAt().toString()));
        table.print(call.arguments(), call.terminal());
        return OK;
    }

    /** Every user, page by page. */
    static void each(Backend.Administration store, Consumer<User> action) {
        String after = "";
        List<User> page;
        do {
            page = store.users().list(after, PAGE);
            page.forEach(action);
            after = page.isEmpty() ? after : User.usernameKey(page.getLast().username());
        } while (page.size() == PAGE);
    }
}
