package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.user.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code user passwd}: another password, which ends the sessions begun under the old one. */
final class UserPassword extends StoreCommand {
    UserPassword(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return NewPassword.addTo(spec("passwd", "Sets another password and ends the user's sessions; it is asked for."))
                .positional("USERNAME", "Who.");
    }

    @Override
    int run(Call call, Backend.Administration store) throws IOException {
        User user = user(store, call.arguments().positional());
        List<String> ownNames = new ArrayList<>(List.of(user.username()));
        for (String claim : List.of("name", "email", "given_name", "family_name", "nickname")) {
            if (user.claims().get(claim) instanceof String name) {
                ownNames.add(name);
            }
        }
        NewPassword password = NewPassword.read(call.arguments(), call.terminal(), ownNames);
        String hash = store.hasher().hash(password.text());
        store.unitOfWork().run(transaction -> {
            store.record(transaction, event(AuditEvent.Type.UPDATE_PASSWORD, user));
            boolean changed = store.users().changePassword(transaction, user.id(), hash);
            // only now: a login that is under way has begun its session, or is refused
            store.signOut()
                    .endSessions(transaction, user.id(), call.terminal().clock().instant());
            return changed;
        });
        call.say("changed the password of " + user.username());
        password.tell(call.terminal());
        return OK;
    }
}
