package dev.latchkey.server.logout;

import dev.latchkey.server.browser.SignedIn;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.token.IdTokenHints.Hint;
import dev.latchkey.server.token.Subjects;
import java.util.List;
import java.util.Optional;

/**
 * Decides whom a logout request means, of those who are signed in at the browser: the one that the ID token tells of, without
 * asking; else the one that {@code logout_hint} names, or all, after asking (RP-Initiated Logout §2). Safe for many threads.
 */
final class Departures {
    private final SessionStore sessions;
    private final Subjects subjects;

    Departures(SessionStore sessions, Subjects subjects) {
        this.sessions = sessions;
        this.subjects = subjects;
    }

    Departure of(LogoutRequest request, List<SignedIn> accounts) {
        if (accounts.isEmpty()) {
            return new Departure.Nobody();
        }
        Optional<SignedIn> proven = sessionOf(request).flatMap(session -> whose(session, accounts));
        if (proven.isPresent()) {
            return new Departure.Proven(proven.get());
        }
        Optional<SignedIn> hinted = request.logoutHint().flatMap(hint -> named(hint, request, accounts));
        return new Departure.Asked(hinted.map(List::of).orElse(accounts));
    }

    /**
     * The session at the client that the hint is an ID token of, also one that ended a few days ago. A hint of no session that is
     * known proves nothing: ID tokens are no secrets, and an old one may be in anybody's hands.
     */
    Optional<Session> sessionOf(LogoutRequest request) {
        return request.hint()
                .flatMap(Hint::sessionId)
                .flatMap((SessionId id) -> sessions.find(id))
                .filter(session -> request.clientId().equals(Optional.of(session.clientId())));
    }

    /** The account that the session was begun from, or one of the same user, who has signed in again since. */
    private static Optional<SignedIn> whose(Session session, List<SignedIn> accounts) {
        Optional<SignedIn> same = accounts.stream()
                .filter(account -> session.browserSession()
                        .equals(Optional.of(account.session().id())))
                .findFirst();
        return same.or(() -> accounts.stream()
                .filter(account -> account.user().id().equals(session.userId()))
                .findFirst());
    }

    private Optional<SignedIn> named(String hint, LogoutRequest request, List<SignedIn> accounts) {
        return accounts.stream()
                .filter(account -> account.user().username().equals(hint)
                        || hint.equals(account.user().claims().get("email"))
                        || hint.equals(subject(request.client(), account)))
                .findFirst();
    }

    private String subject(Optional<Client> client, SignedIn account) {
        return client.map(known -> subjects.of(account.user(), known))
                .orElse(account.user().id().value());
    }
}
