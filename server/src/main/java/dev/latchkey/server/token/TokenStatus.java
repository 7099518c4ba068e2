package dev.latchkey.server.token;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.server.session.StatusIndexes;
import dev.latchkey.server.user.User;
import dev.latchkey.server.user.UserStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells whether a token counts at this moment: genuine, not expired, not revoked, its session live, its user and client
 * enabled (RFC 7662 §2.2 calls it active); and ends that. Asks the store every time, so that an end counts at once. Safe for
 * many threads.
 */
public final class TokenStatus {
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final Subjects subjects;
    private final Stores stores;
    private final Present present;

    /** Where the state behind a token is kept. */
    public record Stores(
            ClientStore clients,
            UserStore users,
            SessionStore sessions,
            RevokedTokenStore revokedTokens,
            UnitOfWork unitOfWork) {}

    /**
     * An active access token.
     *
     * @param token as verified
     * @param client whom it was issued to
     * @param login whose it is; empty for a client's own token
     */
    public record ActiveAccessToken(AccessToken token, Client client, Optional<Login> login) {
        public Optional<User> user() {
            return login.map(Login::user);
        }
    }

    /** A live session and its user. */
    public record Login(Session session, User user) {}

    /**
     * What is true at this moment.
     *
     * @param statusIndexes the next ones
     * @param epochs what was issued before the present one counts no longer
     * @param clock tells the time
     */
    public record Present(StatusIndexes statusIndexes, Supplier<Epoch> epochs, InstantSource clock) {}

    public TokenStatus(TokenIssuer.Crypto crypto, Stores stores, Present present) {
        this.accessTokens = crypto.accessTokens();
        this.refreshTokens = crypto.refreshTokens();
        this.subjects = crypto.subjects();
        this.stores = stores;
        this.present = present;
    }

    /** The access token if it is active, for whatever audience it is. */
    public Optional<ActiveAccessToken> accessToken(String text) {
        return accessTokens.verify(text).filter(this::isOfThisEpoch).flatMap(this::activeOf);
    }

    /** The access token if it is genuine and has not expired, whether it still counts or not: whoever holds it may end it. */
    public Optional<AccessToken> genuineAccessToken(String text) {
        return accessTokens.verify(text);
    }

    /** That a token was revoked is forgotten where a backup is restored, so all from before count no longer. */
    private boolean isOfThisEpoch(AccessToken token) {
        Instant issuedAt = token.token().issuedAt();
        return issuedAt != null && !present.epochs().get().isAfter(issuedAt);
    }

    private Optional<ActiveAccessToken> activeOf(AccessToken token) {
        Optional<Client> client = stores.clients().find(token.clientId()).filter(found -> !found.disabled());
        if (client.isEmpty() || stores.revokedTokens().isRevoked(token.id())) {
            return Optional.empty();
        }
        if (token.sessionId().isEmpty()) {
            return Optional.of(new ActiveAccessToken(token, client.get(), Optional.empty()));
        }
        return token.sessionId()
                .flatMap(stores.sessions()::find)
                .filter(session -> session.isLive(present.clock().instant()))
                .flatMap(session -> userOf(session).map(user -> new Login(session, user)))
                .map(login -> new ActiveAccessToken(token, client.get(), Optional.of(login)));
    }

    /** The user of a session, unless disabled or given a new password since. */
    private Optional<User> userOf(Session session) {
        return stores.users()
                .find(session.userId())
                .filter(user -> !user.disabled() && user.credentialVersion() == session.credentialVersion());
    }

    /**
     * The session of a genuine refresh token, even of one that has been rotated since: whoever holds it may end it. It may have
     * ended.
     */
    public Optional<Session> sessionOf(String refreshToken) {
        return refreshTokens
                .decode(refreshToken)
                .flatMap(token -> stores.sessions().find(token.sessionId()));
    }

    /** The refresh token if it is genuine, the newest of its session, and that is live. */
    public Optional<Login> refreshToken(String text) {
        return refreshTokens
                .decode(text)
                .flatMap(token -> stores.sessions()
                        .find(token.sessionId())
                        .filter(session ->
                                session.isLive(present.clock().instant()) && token.generation() >= session.generation())
                        .flatMap(session -> userOf(session).map(user -> new Login(session, user))));
    }

    /** The {@code sub} by which the client knows the user. */
    public String subjectOf(Login login, Client client) {
        return subjects.of(login.user(), client);
    }

    /**
     * Ends the session: its refresh token, and its access tokens here and at introspection. When this returns, that is durable,
     * also where it had ended before.
     *
     * @param also what else is done in the same unit of work, unless it had ended before
     */
    public void revoke(Session session, Consumer<Transaction> also) {
        stores.unitOfWork().run(transaction -> {
            boolean ended = stores.sessions()
                    .revoke(transaction, session.id(), present.clock().instant());
            if (ended) {
                also.accept(transaction);
            }
            return ended;
        });
    }

    /**
     * Ends one access token, here and at introspection. In the status list it can be told of only together with those that
     * its session was given before; the session gets another index for those to come (RFC 7009 §2.1 lets more end). When this
     * returns, that is durable, also where it had ended before.
     *
     * @param also what else is done in the same unit of work, unless it had ended before
     */
    public void revoke(AccessToken token, Consumer<Transaction> also) {
        Optional<Session> listed =
                stores.revokedTokens().isRevoked(token.id()) ? Optional.empty() : listedSession(token);
        Optional<StatusIndex> next = listed.map(_ -> present.statusIndexes().next());
        stores.unitOfWork().run(transaction -> {
            boolean ended = stores.revokedTokens().add(transaction, token.id(), token.expiresAt());
            if (ended) {
                next.ifPresent(index -> stores.sessions()
                        .retireStatusIndex(
                                transaction,
                                listed.orElseThrow().id(),
                                index,
                                present.clock().instant()));
                also.accept(transaction);
            }
            return ended;
        });
    }

    private Optional<Session> listedSession(AccessToken token) {
        return token.sessionId()
                .flatMap(stores.sessions()::find)
                .filter(session -> session.isLive(present.clock().instant()))
                .filter(session -> session.statusIndex().isPresent());
    }
}
