package dev.latchkey.server;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.TimedEvent;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.push.PushedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Removes what has ended: sessions, browser sessions, codes, pushed requests, revoked tokens, used assertions and proofs, and
 * initial access tokens that have expired, logouts that no client heard of, old login failures and audit events, and
 * registered clients that nobody uses. In small batches, so that no request waits long behind one.
 */
public final class Housekeeping implements AutoCloseable {
    private static final String CHORE = "housekeeping";

    /** Less than the minute after which it is looked at again. */
    private static final Duration DUE_AGAIN_AFTER = Duration.ofSeconds(50);

    private static final int BATCH = 500;

    /** A pass is over before another instance may begin one. */
    private static final Duration PASS_LIMIT = Duration.ofSeconds(40);

    private final Stores stores;
    private final Kept kept;
    private final InstantSource clock;
    private volatile boolean closed;

    public Housekeeping(Stores stores, Kept kept, InstantSource clock) {
        this.stores = stores;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * How long what has ended is kept.
     *
     * @param sessions so that a replay of a refresh token is still told from a forged one
     * @param codes past their life, so that a second use of one still ends what the first one got
     * @param logouts longer than anybody tries to tell a client of one
     * @param loginFailures from the last of them
     * @param auditEvents from when it happened
     * @param unusedClients from their registration
     */
    public record Kept(
            Duration sessions,
            Duration codes,
            Duration logouts,
            Duration loginFailures,
            Duration auditEvents,
            Duration unusedClients) {

        /** As a server keeps it, but for what is configured. */
        static Kept with(Duration loginFailures, Duration auditEvents, Duration unusedClients) {
            return new Kept(
                    Duration.ofDays(7),
                    Duration.ofHours(1),
                    Duration.ofDays(1),
                    loginFailures,
                    auditEvents,
                    unusedClients);
        }
    }

    /** Does it, unless another instance does or has just done it. */
    public void runWhereDue() {
        Instant now = clock.instant();
        boolean due = stores.unitOfWork()
                .run(transaction -> stores.chores().claim(transaction, CHORE, now, now.plus(DUE_AGAIN_AFTER)));
        if (due) {
            run();
        }
    }

    /** Does it, and leaves what takes too long for the next time. A batch of each kind in turn, so that none waits for another. */
    public void run() {
        Instant now = clock.instant();
        Instant end = now.plus(PASS_LIMIT);
        removeUnusedClients(now);
        List<ToIntFunction<Transaction>> left = new ArrayList<>(removals(now));
        while (!left.isEmpty() && !closed && clock.instant().isBefore(end)) {
            left.removeIf(batch -> !closed && stores.unitOfWork().run(batch::applyAsInt) < BATCH);
        }
    }

    /** What removes a batch each, and answers with less than a batch when there is no more. */
    private List<ToIntFunction<Transaction>> removals(Instant now) {
        return List.of(
                transaction -> stores.revokedTokens().removeExpiredBefore(transaction, now, BATCH),
                transaction -> stores.usedTokens().removeExpiredBefore(transaction, now, BATCH),
                transaction -> stores.loginFailures().removeBefore(transaction, now.minus(kept.loginFailures()), BATCH),
                transaction -> stores.codes().removeExpiredBefore(transaction, now.minus(kept.codes()), BATCH),
                transaction -> stores.pushedRequests()
                        .removeExpired(transaction, now, now.minus(PushedRequest.LOGIN_TAKES), BATCH),
                transaction -> stores.browserSessions().removeEndedBefore(transaction, now, BATCH),
                transaction -> stores.sessions().removeRetiredBefore(transaction, now.minus(kept.sessions()), BATCH),
                transaction -> stores.sessions().sweep(transaction, now.minus(kept.sessions()), BATCH),
                transaction -> stores.initialAccessTokens().removeExpiredBefore(transaction, now, BATCH),
                transaction ->
                        stores.logoutDeliveries().removeCreatedBefore(transaction, now.minus(kept.logouts()), BATCH),
                transaction -> stores.auditEvents().removeBefore(transaction, now.minus(kept.auditEvents()), BATCH));
    }

    private void removeUnusedClients(Instant now) {
        for (ClientId id : stores.registrations().listUnused(now.minus(kept.unusedClients()), BATCH)) {
            boolean ownedByItself = stores.clients()
                    .find(id)
                    .filter(client -> client.origin() == Origin.REGISTRATION)
                    .isPresent();
            stores.unitOfWork().run(transaction -> {
                boolean unused = stores.registrations().removeUnused(transaction, id);
                if (unused && ownedByItself) {
                    stores.clients().remove(transaction, id);
                    stores.consents().forget(transaction, id);
                    AuditEvent event = AuditEvent.of(AuditEvent.Type.CLIENT_DELETE)
                            .with("client_id", id)
                            .with("origin", "expiry");
                    stores.auditEvents().append(transaction, List.of(new TimedEvent(now, event)));
                }
                return unused;
            });
        }
    }

    /** Has a pass that runs end after its batch, and lets none begin. */
    @Override
    public void close() {
        closed = true;
    }
}
