package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.user.User;

/** {@code user disable} and {@code user enable}. A disabled user's sessions have ended. */
final class UserSwitch extends StoreCommand {
    private final boolean disable;

    private UserSwitch(Backend backend, boolean disable) {
        super(backend);
        this.disable = disable;
    }

    static UserSwitch disabling(Backend backend) {
        return new UserSwitch(backend, true);
    }

    static UserSwitch enabling(Backend backend) {
        return new UserSwitch(backend, false);
    }

    @Override
    public Syntax syntax() {
        Syntax spec = disable
                ? spec("disable", "Refuses every login of a user and ends every session, at once.")
                : spec("enable", "Lets a user log in again.");
        return spec.positional("USERNAME", "Who.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        User user = user(store, call.arguments().positional());
        store.unitOfWork().run(transaction -> {
            store.record(
                    transaction, event(disable ? AuditEvent.Type.USER_DISABLE : AuditEvent.Type.USER_ENABLE, user));
            boolean switched = store.users().setDisabled(transaction, user.id(), disable);
            if (disable) { // only now: a login that is under way has begun its session, or is refused
                store.signOut()
                        .endSessions(
                                transaction, user.id(), call.terminal().clock().instant());
            }
            return switched;
        });
        call.say((disable ? "disabled " : "enabled ") + user.username());
        if (user.origin() == Origin.CONFIGURATION) {
            call.terminal()
                    .err()
                    .println("latchkey: the configuration has this user too, and counts at the next start");
        }
        return OK;
    }
}
