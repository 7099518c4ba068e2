package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.user.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code user add}. */
final class UserAdd extends StoreCommand {
    UserAdd(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return NewPassword.addTo(spec("add", "Adds a user; the password is asked for."))
                .option("--name", "NAME", "The full name.")
                .option("--email", "ADDRESS", "The e-mail address.")
                .repeated("--role", "ROLE", "A role.")
                .positional("USERNAME", "What is typed at login.");
    }

    @Override
    int run(Call call, Backend.Administration store) throws IOException {
        Arguments arguments = call.arguments();
        String username = arguments.positional();
        if (!User.isUsername(username)) {
            throw CommandException.usage("a username has 1 to 255 characters, none of them a control character");
        }
        if (store.users().findByUsername(username).isPresent()) {
            throw CommandException.refused("there is a user " + username);
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        arguments.text("--name").ifPresent(name -> claims.put("name", name));
        arguments.text("--email").ifPresent(email -> claims.put("email", email));
        List<String> ownNames = new ArrayList<>(List.of(username));
        claims.values().forEach(value -> ownNames.add(value.toString()));
        NewPassword password = NewPassword.read(arguments, call.terminal(), ownNames);
        User user = new User(
                User.newId(call.terminal().random()),
                username,
                claims,
                arguments.all("--role"),
                Optional.of(store.hasher().hash(password.text())),
                1,
                false,
                Origin.COMMAND,
                call.terminal().clock().instant());
        boolean added = store.unitOfWork().run(transaction -> {
            boolean inserted = store.users().insert(transaction, user);
            if (inserted) {
                store.record(transaction, event(AuditEvent.Type.USER_CREATE, user));
            }
            return inserted;
        });
        if (!added) {
            throw CommandException.refused("there is a user " + username);
        }
        call.say("added " + username);
        password.tell(call.terminal());
        return OK;
    }
}
