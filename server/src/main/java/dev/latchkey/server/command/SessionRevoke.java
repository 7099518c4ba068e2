package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.user.User;
import java.time.Instant;
import java.util.Optional;

/** {@code session revoke}: ends one session, or all of a user. */
final class SessionRevoke extends StoreCommand {
    SessionRevoke(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("revoke", "Ends a session, or with --user all sessions of a user.")
                .option("--user", "USERNAME", "Whose sessions, all of them.")
                .positional("SID", Syntax.Occurs.AT_MOST_ONCE, "The session, as session list shows it.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        Instant now = call.terminal().clock().instant();
        Optional<String> username = call.arguments().text("--user");
        String sid = call.arguments().positional();
        if (username.isPresent() == !sid.isEmpty()) {
            throw CommandException.usage("name a session, or a user by --user");
        }
        if (username.isPresent()) {
            User user = user(store, username.get());
            int ended = store.unitOfWork().run(transaction -> {
                int count = store.sessions().revokeAll(transaction, user.id(), now);
                store.record(
                        transaction, event(AuditEvent.Type.SESSION_END, user).with("count", count));
                return count;
            });
            call.say("ended " + ended);
            return OK;
        }
        SessionId id = sessionId(sid);
        boolean ended = store.unitOfWork().run(transaction -> end(store, transaction, id, now));
        if (!ended) {
            throw CommandException.refused("there is no such session, or it has ended");
        }
        call.say("ended 1");
        return OK;
    }

    private static boolean end(Backend.Administration store, Transaction transaction, SessionId id, Instant now) {
        Optional<Session> session = store.sessions().find(id);
        boolean ended = store.sessions().revoke(transaction, id, now);
        if (ended && session.isPresent()) {
            store.record(
                    transaction,
                    AuditEvent.of(AuditEvent.Type.SESSION_END)
                            .with("sub", session.get().userId())
                            .with("client_id", session.get().clientId())
                            .with("sid", id));
        }
        return ended;
    }

    private static SessionId sessionId(String text) {
        try {
            return new SessionId(text);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("a session id has 22 characters");
        }
    }
}
