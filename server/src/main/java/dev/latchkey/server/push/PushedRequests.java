package dev.latchkey.server.push;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/** Takes pushed requests in and gives them out again, to the client that pushed them only. Safe for many threads. */
public final class PushedRequests {
    /** The most that a client may have that has registered itself. */
    private static final int OF_REGISTERED = 100;

    private final PushedRequestStore store;
    private final UnitOfWork unitOfWork;
    private final PushSettings settings;
    private final InstantSource clock;
    private final SecureRandom random;

    /** A request that is not kept yet, and the only copy of its URI. */
    public record Made(RequestUri uri, PushedRequest request) {}

    public PushedRequests(
            PushedRequestStore store,
            UnitOfWork unitOfWork,
            PushSettings settings,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.unitOfWork = unitOfWork;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** A request under a new URI, to be checked and then kept. */
    public Made make(ClientId client, Parameters parameters) {
        RequestUri uri = RequestUri.generate(random);
        Instant expiresAt = clock.instant().plus(settings.lifetime());
        return new Made(uri, new PushedRequest(uri.hash(), client, parameters, expiresAt, Optional.empty()));
    }

    private enum Kept {
        YES,
        NOT_WANTED,
        TOO_MANY
    }

    /**
     * Keeps a request. The bound holds in the unit of work, and where others run beside it, as on PostgreSQL, may be gone past by
     * their number, which the connections of the instances bound: so pushes need not wait for each other. It is looked at before,
     * too, since who is refused shall not cost a write.
     *
     * @param first what the same unit of work does before, and where it is false does not keep the request
     * @return what {@code first} came to
     * @throws OAuthException 429 where the client has too many (RFC 9126 §2.3)
     */
    public boolean keep(PushedRequest request, Client client, Predicate<Transaction> first) {
        int most = most(client);
        Kept kept = store.waitAsMany(client.id(), most)
                ? Kept.TOO_MANY
                : unitOfWork.run(transaction -> keep(transaction, request, most, first));
        if (kept == Kept.TOO_MANY) {
            throw new OAuthException(OAuthError.tooManyPushedRequests(settings.lifetime()), "too_many_pushed_requests");
        }
        return kept == Kept.YES;
    }

    private Kept keep(Transaction transaction, PushedRequest request, int most, Predicate<Transaction> first) {
        if (store.waitAsMany(transaction, request.clientId(), most)) {
            return Kept.TOO_MANY;
        }
        if (!first.test(transaction)) {
            return Kept.NOT_WANTED;
        }
        store.insert(transaction, request);
        return Kept.YES;
    }

    /** Whoever may register clients may have many of them. */
    private int most(Client client) {
        return client.origin() == Origin.REGISTRATION
                ? Math.min(settings.perClient(), OF_REGISTERED)
                : settings.perClient();
    }

    /** The request that the client pushed, unless an answer has ended it or it is too old. */
    public Optional<PushedRequest> find(String requestUri, ClientId client) {
        Instant now = clock.instant();
        return RequestUri.hash(requestUri)
                .flatMap(store::find)
                .filter(request -> request.clientId().equals(client))
                .filter(request -> request.isLive(now));
    }

    /**
     * The login for it begins: whoever reloads the page or goes back to it later has not come too late (RFC 9126 §7.3). So many of a
     * client may be begun as may wait; the next ones have no more time than they had, so that nobody keeps others from pushing.
     */
    public void begin(PushedRequest request, Client client) {
        int most = most(client);
        if (request.begunAt().isEmpty() && !store.begunAsMany(client.id(), most)) {
            Instant now = clock.instant();
            unitOfWork.run(transaction -> {
                boolean begins = !store.begunAsMany(transaction, client.id(), most);
                if (begins) {
                    store.begin(transaction, request.hash(), now);
                }
                return begins;
            });
        }
    }

    /** Ends the request with the answer that is made in this unit of work. False where another answer has. */
    public boolean use(Transaction transaction, PushedRequest request) {
        return store.use(transaction, request.hash());
    }

    /** The same for an answer that leaves nothing in the store, as an error does. */
    public boolean use(PushedRequest request) {
        return unitOfWork.run(transaction -> use(transaction, request));
    }

    /** In whole seconds, as the answer to a push tells it. */
    public long lifetimeSeconds() {
        return settings.lifetime().toSeconds();
    }
}
