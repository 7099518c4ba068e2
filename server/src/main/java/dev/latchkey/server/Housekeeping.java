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
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Removes what has ended: sessions, browser sessions, codes, pushed requests, revoked tokens, used assertions and initial access tokens that have
 * expired, logouts that no client heard of, old login failures and audit events, and registered clients that nobody uses. In
 * small batches, so that no request waits long behind one.
 */
public final class Housekeeping {
    private static final String CHORE = "housekeeping";

    /** Less than the minute after which it is looked at again. */
    private static final Duration DUE_AGAIN_AFTER = Duration.ofSeconds(50);

    private static final int BATCH = 500;
    private static final int MAX_BATCHES = 200;

    private final Stores stores;
    private final Kept kept;
    private final InstantSource clock;

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

    /** Does it. */
    public void run() {
        Instant now = clock.instant();
        inBatches(transaction -> stores.revokedTokens().removeExpiredBefore(transaction, now, BATCH));
        inBatches(transaction -> stores.usedAssertions().removeExpiredBefore(transaction, now, BATCH));
        inBatches(transaction ->
                stores.loginFailures().removeBefore(transaction, now.minus(kept.loginFailures()), BATCH));
        inBatches(transaction -> stores.codes().removeExpiredBefore(transaction, now.minus(kept.codes()), BATCH));
        inBatches(transaction ->
                stores.pushedRequests().removeExpired(transaction, now, now.minus(PushedRequest.LOGIN_TAKES), BATCH));
        inBatches(transaction -> stores.browserSessions().removeEndedBefore(transaction, now, BATCH));
        inBatches(transaction -> stores.sessions().removeRetiredBefore(transaction, now.minus(kept.sessions()), BATCH));
        inBatches(transaction -> stores.sessions().removeEndedBefore(transaction, now.minus(kept.sessions()), BATCH));
        inBatches(transaction -> stores.initialAccessTokens().removeExpiredBefore(transaction, now, BATCH));
        removeUnusedClients(now);
        inBatches(transaction ->
                stores.logoutDeliveries().removeCreatedBefore(transaction, now.minus(kept.logouts()), BATCH));
        inBatches(transaction -> stores.auditEvents().removeBefore(transaction, now.minus(kept.auditEvents()), BATCH));
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

    private void inBatches(ToIntFunction<Transaction> removal) {
        for (int batch = 0; batch < MAX_BATCHES; batch++) {
            if (stores.unitOfWork().run(removal::applyAsInt) < BATCH) {
                return;
            }
        }
    }
}
