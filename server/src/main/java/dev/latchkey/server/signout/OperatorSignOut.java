package dev.latchkey.server.signout;

import dev.latchkey.server.browser.BrowserSessionStore;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/**
 * Ends what users have at the wish of those who run the server, as a part of their unit of work. Clients that listen are told by
 * the server that runs on the store, or by the next one: within a second it sees what another process has stored. Safe for many
 * threads.
 */
public final class OperatorSignOut {
    private final Stores stores;
    private final Notices notices;

    /** Where everything that ends is kept, and whom to tell of it. */
    public record Stores(
            BrowserSessionStore browserSessions,
            SessionStore sessions,
            ClientStore clients,
            LogoutDeliveryStore deliveries) {}

    public OperatorSignOut(Stores stores, SecureRandom random) {
        this.stores = stores;
        this.notices = new Notices(new SignOut.Telling(stores.deliveries(), () -> {}, random));
    }

    /** Ends one session at a client. False where it had ended before, of which its client has been told then. */
    public boolean endSession(Transaction transaction, Session session, Instant now) {
        boolean ended = stores.sessions().revoke(transaction, session.id(), now);
        if (ended) {
            tell(transaction, List.of(session), now);
        }
        return ended;
    }

    /** Ends all sessions of a user at clients, {@code offline_access} or not; returns how many. */
    public int endSessions(Transaction transaction, UserId user, Instant now) {
        List<Session> ended = stores.sessions().revokeAll(transaction, user, now);
        tell(transaction, ended, now);
        return ended.size();
    }

    /**
     * Signs a user out of every browser, so that no client gets anything there without a password, nor for a code that it has
     * not redeemed; returns of how many. A user who is disabled or given another password is signed out by that alone.
     */
    public int endBrowserSessions(Transaction transaction, UserId user, Instant now) {
        return stores.browserSessions().endAll(transaction, user, now);
    }

    private void tell(Transaction transaction, List<Session> ended, Instant now) {
        notices.enqueue(transaction, ended, Notices.clientsOf(ended.stream(), stores.clients()), now);
    }
}
