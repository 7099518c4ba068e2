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
final class Housekeeping {
    private static final String CHORE = "housekeeping";

    /** Less than the minute after which it is looked at again. */
    private static final Duration DUE_AGAIN_AFTER = Duration.ofSeconds(50);

    private static final int BATCH = 500;
    private static final int MAX_BATCHES = 200;
    /** An ended session is kept a while, so that a replay of its refresh token is still told from a forged one. */
    private static final Duration KEPT = Duration.ofDays(7);

    /** A code is kept a while past its life, so that a second use of it still ends what the first one got. */
    private static final Duration CODE_KEPT = Duration.ofHours(1);

    /** Longer than anybody tries to tell a client of a logout. */
    private static final Duration LOGOUT_KEPT = Duration.ofDays(1);

    private final Stores stores;
    private final Duration failuresForgottenAfter;
    private final Duration auditRetention;
    private final Duration unusedClientsExpireAfter;
    private final InstantSource clock;

    Housekeeping(
            Stores stores,
            Duration failuresForgottenAfter,
            Duration auditRetention,
            Duration unusedClientsExpireAfter,
            InstantSource clock) {
        this.stores = stores;
        this.failuresForgottenAfter = failuresForgottenAfter;
        this.auditRetention = auditRetention;
        this.unusedClientsExpireAfter = unusedClientsExpireAfter;
        this.clock = clock;
    }

    /** Does it, unless another instance does or has just done it. */
    void runWhereDue() {
        Instant now = clock.instant();
        boolean due = stores.unitOfWork()
                .run(transaction -> stores.chores().claim(transaction, CHORE, now, now.plus(DUE_AGAIN_AFTER)));
        if (due) {
            run();
        }
    }

    void run() {
        Instant now = clock.instant();
        inBatches(transaction -> stores.revokedTokens().removeExpiredBefore(transaction, now, BATCH));
        inBatches(transaction -> stores.usedAssertions().removeExpiredBefore(transaction, now, BATCH));
        inBatches(transaction ->
                stores.loginFailures().removeBefore(transaction, now.minus(failuresForgottenAfter), BATCH));
        inBatches(transaction -> stores.codes().removeExpiredBefore(transaction, now.minus(CODE_KEPT), BATCH));
        inBatches(transaction ->
                stores.pushedRequests().removeExpired(transaction, now, now.minus(PushedRequest.LOGIN_TAKES), BATCH));
        inBatches(transaction -> stores.browserSessions().removeEndedBefore(transaction, now, BATCH));
        inBatches(transaction -> stores.sessions().removeRetiredBefore(transaction, now.minus(KEPT), BATCH));
        inBatches(transaction -> stores.sessions().removeEndedBefore(transaction, now.minus(KEPT), BATCH));
        inBatches(transaction -> stores.initialAccessTokens().removeExpiredBefore(transaction, now, BATCH));
        removeUnusedClients(now);
        inBatches(transaction ->
                stores.logoutDeliveries().removeCreatedBefore(transaction, now.minus(LOGOUT_KEPT), BATCH));
        inBatches(transaction -> stores.auditEvents().removeBefore(transaction, now.minus(auditRetention), BATCH));
    }

    private void removeUnusedClients(Instant now) {
        for (ClientId id : stores.registrations().listUnused(now.minus(unusedClientsExpireAfter), BATCH)) {
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
