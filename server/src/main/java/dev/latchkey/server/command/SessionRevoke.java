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
        return spec(
                        "revoke",
                        "Ends a session, or with --user all of a user, who is then signed out of every browser too.")
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
            Ended ended = store.unitOfWork().run(transaction -> endAll(store, transaction, user, now));
            call.say("ended " + ended.sessions()
                    + (ended.browsers() == 0 ? "" : ", signed out of browsers: " + ended.browsers()));
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

    /** How many. */
    private record Ended(int sessions, int browsers) {}

    private static Ended endAll(Backend.Administration store, Transaction transaction, User user, Instant now) {
        // first: whoever redeems a code at this moment has begun its session, or is refused
        int browsers = store.signOut().endBrowserSessions(transaction, user.id(), now);
        int sessions = store.signOut().endSessions(transaction, user.id(), now);
        store.record(transaction, event(AuditEvent.Type.SESSION_END, user).with("count", browsers + sessions));
        return new Ended(sessions, browsers);
    }

    private static boolean end(Backend.Administration store, Transaction transaction, SessionId id, Instant now) {
        Optional<Session> session = store.sessions().find(id);
        boolean ended = session.isPresent() && store.signOut().endSession(transaction, session.get(), now);
        if (ended) {
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
