package dev.latchkey.bench.housekeeping;

import dev.latchkey.server.Stores;
import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.TimedEvent;
import dev.latchkey.server.browser.BrowserSession;
import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.session.Rotation;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.server.token.AuthorizationCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** What one user who comes by leaves in the store, request by request; all of it ends by itself. */
final class Visit {
    static final ClientId CLIENT = new ClientId("bench");
    static final UserId USER = new UserId("alice-id");

    /** How many requests a visit has, and how many rows it adds. */
    static final int REQUESTS = 6;

    static final int ROWS = 8;

    private static final Scope SCOPE = Scope.of("openid", "profile", "email", "offline_access");
    private static final List<String> AUDIENCE = List.of("https://orders.example");
    private static final String ADDRESS = "192.0.2.1";

    private final Stores stores;
    private final long number;
    private final Lives lives;
    private final SessionId session = SessionId.of(random());
    private final BrowserSessionId browserSession = BrowserSessionId.of(random());
    private final String code = hash();

    /** @param number of the visit, which nobody else has */
    Visit(Stores stores, long number, Lives lives) {
        this.stores = stores;
        this.number = number;
        this.lives = lives;
    }

    /**
     * How long what a visit leaves is good for.
     *
     * @param session refresh and browser sessions
     * @param token revoked access tokens, and assertions
     */
    record Lives(Duration session, Duration token) {}

    private static byte[] random() {
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }

    private static String hash() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    /** Does one request of it; they have to come in their order. */
    void request(int step) {
        Instant now = Instant.now();
        switch (step) {
            case 0 -> signIn(now);
            case 1 ->
                commit(tx -> {
                    stores.codes().insert(tx, code(now));
                    return true;
                });
            case 2 -> redeem(now);
            case 3 -> refresh(now);
            case 4 -> revoke(now);
            default ->
                commit(tx -> {
                    stores.loginFailures().add(tx, "user:stranger-" + number, now, now.minus(lives.session()));
                    return true;
                });
        }
    }

    private void commit(Function<Transaction, Boolean> work) {
        if (!stores.unitOfWork().run(work)) {
            throw new IllegalStateException("a request of a visit came to nothing");
        }
    }

    private void signIn(Instant now) {
        BrowserSession.Device device =
                new BrowserSession.Device("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101", ADDRESS);
        commit(tx -> {
            stores.browserSessions()
                    .save(
                            tx,
                            new BrowserSession(
                                    browserSession,
                                    hash(),
                                    USER,
                                    1,
                                    now,
                                    now,
                                    now,
                                    now.plus(lives.session()),
                                    device,
                                    Optional.empty()));
            return true;
        });
    }

    private AuthorizationCode code(Instant now) {
        return new AuthorizationCode(
                code,
                new AuthorizationCode.Binding(
                        CLIENT,
                        "https://rp.example/callback",
                        Optional.of("c".repeat(43)),
                        Optional.of("nonce"),
                        Optional.empty()),
                new AuthorizationCode.Login(browserSession, USER, 1, now),
                session,
                SCOPE,
                AUDIENCE,
                RequestedClaims.NONE,
                now.plus(lives.token()),
                Optional.empty());
    }

    private void redeem(Instant now) {
        commit(tx -> {
            boolean first = stores.usedTokens().use(tx, CLIENT.value(), hash(), now.plus(lives.token()));
            boolean redeemed = stores.codes().redeem(tx, code, now);
            stores.sessions().insert(tx, session(now));
            append(tx, now, AuditEvent.Type.CODE_TO_TOKEN);
            return first && redeemed;
        });
    }

    /** The session that it begins. */
    Session session(Instant now) {
        return new Session(
                session,
                USER,
                CLIENT,
                SCOPE,
                AUDIENCE,
                1,
                now,
                now,
                now,
                now.plus(lives.session()),
                1,
                now,
                Optional.empty(),
                Optional.of(browserSession),
                RequestedClaims.NONE,
                Optional.of(new StatusIndex(number)),
                Optional.empty());
    }

    private void append(Transaction tx, Instant now, AuditEvent.Type type) {
        AuditEvent event = AuditEvent.of(type)
                .with("sub", USER)
                .with("client_id", CLIENT)
                .with("sid", session)
                .with("address", ADDRESS);
        stores.auditEvents().append(tx, List.of(new TimedEvent(now, event)));
    }

    private void refresh(Instant now) {
        Rotation.Attempt attempt = new Rotation.Attempt(1, now, now.plus(lives.session()), now.minusSeconds(10));
        commit(tx -> stores.sessions().rotate(tx, session, attempt) instanceof Rotation.Rotated);
    }

    /** Revokes an access token, and with every fourth the session. */
    private void revoke(Instant now) {
        commit(tx -> {
            stores.revokedTokens().add(tx, hash(), now.plus(lives.token()));
            append(tx, now, AuditEvent.Type.REVOKE_GRANT);
            return number % 4 != 0 || stores.sessions().revoke(tx, session, now);
        });
    }
}
