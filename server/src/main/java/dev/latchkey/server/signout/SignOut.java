package dev.latchkey.server.signout;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.browser.Browser;
import dev.latchkey.server.browser.BrowserSession;
import dev.latchkey.server.browser.BrowserSessionStore;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.consent.ConsentStore;
import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.token.AuthorizationCodeStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ends what users want ended, and tells the clients concerned. What ends, what clients are told and what the audit trail says
 * of it is one unit of work each. Counts at once and on every instance. Safe for many threads.
 */
public final class SignOut {
    private static final String OFFLINE_ACCESS = "offline_access";
    /** Sessions that are looked at for their clients' metadata; the others' clients are looked up when they are told. */
    private static final int MAX_LOOKED_AT = 1_000;

    private final String issuer;
    private final Stores stores;
    private final Notices notices;
    private final AuditTrail audit;
    private final InstantSource clock;

    /** Where everything that ends is kept. */
    public record Stores(
            BrowserSessionStore browserSessions,
            SessionStore sessions,
            ConsentStore consents,
            AuthorizationCodeStore codes,
            ClientStore clients,
            UnitOfWork unitOfWork) {}

    /**
     * What tells clients.
     *
     * @param wake has what is due delivered soon; returns at once
     */
    public record Telling(LogoutDeliveryStore deliveries, Runnable wake, SecureRandom random) {}

    public SignOut(String issuer, Stores stores, Telling telling, AuditTrail audit, InstantSource clock) {
        this.issuer = issuer;
        this.stores = stores;
        this.notices = new Notices(telling);
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Signs out of a browser: ends its sessions, and the sessions at clients that were begun from them. Those with {@code
     * offline_access} are for when the user is away, so they stay, though their clients are told like all others (Back-Channel
     * Logout §2.7).
     *
     * @return the addresses that the browser has to load in frames
     */
    public List<String> endBrowserSessions(Collection<BrowserSession> ending, Wish wish) {
        Instant now = clock.instant();
        Map<ClientId, Client> clients = clientsOf(ending.stream()
                .flatMap(session -> stores.sessions().listLive(session.id(), now, MAX_LOOKED_AT).stream()));
        List<Session> ended = stores.unitOfWork().run(transaction -> {
            List<Session> concerned = new ArrayList<>();
            for (BrowserSession session : ending) {
                if (stores.browserSessions().end(transaction, session.id(), now)) {
                    concerned.addAll(endBegunFrom(transaction, session.id(), now));
                    audit.record(
                            transaction,
                            wish.event(AuditEvent.Type.LOGOUT)
                                    .with("sub", session.userId())
                                    .with("browser_session", session.id()));
                }
            }
            notices.enqueue(transaction, concerned, clients, now);
            return concerned;
        });
        return FrontChannel.uris(issuer, ended, clients);
    }

    private List<Session> endBegunFrom(Transaction transaction, BrowserSessionId id, Instant now) {
        List<Session> begun = stores.sessions().listLive(transaction, id, now);
        begun.stream()
                .filter(session -> !session.scope().contains(OFFLINE_ACCESS))
                .forEach(session -> stores.sessions().revoke(transaction, session.id(), now));
        return begun;
    }

    /** Has it durable, when this returns, that whoever has left the browser is signed out of it. */
    public void confirmEnds(Browser browser) {
        stores.unitOfWork().run(transaction -> {
            stores.browserSessions().confirmEnds(transaction, browser.key());
            return true;
        });
    }

    /** Ends one session at a client, at the client's own wish: it is not told. False where it had ended before. */
    public boolean endSession(Session session, Wish wish) {
        Instant now = clock.instant();
        return stores.unitOfWork().run(transaction -> {
            boolean ended = stores.sessions().revoke(transaction, session.id(), now);
            if (ended) {
                audit.record(
                        transaction,
                        wish.event(AuditEvent.Type.LOGOUT)
                                .with("sub", session.userId())
                                .with("sid", session.id()));
            }
            return ended;
        });
    }

    /**
     * Takes from a client all that the user let it have: the consent, its sessions, and codes that it has not redeemed. False
     * where there was neither a consent nor a session.
     */
    public boolean withdraw(UserId user, ClientId client, Wish wish) {
        Instant now = clock.instant();
        Map<ClientId, Client> clients = stores.clients()
                .find(client)
                .map(found -> Map.of(client, found))
                .orElse(Map.of());
        return stores.unitOfWork().run(transaction -> {
            boolean withdrawn = stores.consents().withdraw(transaction, user, client);
            stores.codes().discard(transaction, user, client);
            List<Session> ended = stores.sessions().revokeAll(transaction, user, client, now);
            notices.enqueue(transaction, ended, clients, now);
            if (withdrawn || !ended.isEmpty()) {
                audit.record(
                        transaction,
                        wish.event(AuditEvent.Type.REVOKE_CONSENT)
                                .with("sub", user)
                                .with("client_id", client)
                                .with("count", ended.size()));
            }
            return withdrawn || !ended.isEmpty();
        });
    }

    /**
     * Signs a user out everywhere but at one browser: of every other browser, and of every client that was not signed in at
     * from this one, {@code offline_access} or not, since who asks for this has lost sight of something. Consents stay.
     */
    public void endAllBut(BrowserSession kept, Wish wish) {
        Instant now = clock.instant();
        UserId user = kept.userId();
        Map<ClientId, Client> clients = clientsOf(stores.sessions().listLive(user, now, MAX_LOOKED_AT).stream());
        stores.unitOfWork().run(transaction -> {
            int browsers = stores.browserSessions().endAllBut(transaction, user, kept.id(), now);
            List<Session> ended = stores.sessions().listLive(transaction, user, now).stream()
                    .filter(session -> !session.browserSession().equals(Optional.of(kept.id())))
                    .toList();
            ended.forEach(session -> stores.sessions().revoke(transaction, session.id(), now));
            notices.enqueue(transaction, ended, clients, now);
            audit.record(
                    transaction,
                    wish.event(AuditEvent.Type.SESSION_END)
                            .with("sub", user)
                            .with("reason", "signed_out_everywhere")
                            .with("count", browsers + ended.size()));
            return true;
        });
    }

    /** The clients of sessions; read before the unit of work, so that nobody waits for that. */
    private Map<ClientId, Client> clientsOf(Stream<Session> sessions) {
        return Notices.clientsOf(sessions, stores.clients());
    }
}
