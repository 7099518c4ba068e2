package dev.latchkey.server.epoch;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.protocol.UnitOfWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Knows the epoch without asking the store for each token. It looks once a second, so that another process may begin one, and
 * begins one itself where the store turns out to be a backup that nobody restored by command. Safe for many threads.
 */
public final class Epochs implements Supplier<Epoch> {
    private final EpochStore store;
    private final UnitOfWork unitOfWork;
    private final AuditTrail audit;
    private final InstantSource clock;
    private volatile Epoch current = new Epoch(0, Instant.EPOCH, 0, new Epoch.Lists(0, 0), false);

    /** Has to be woken before it is asked. */
    public Epochs(EpochStore store, UnitOfWork unitOfWork, AuditTrail audit, InstantSource clock) {
        this.store = store;
        this.unitOfWork = unitOfWork;
        this.audit = audit;
        this.clock = clock;
    }

    /** The epoch as it was a second ago at the latest. */
    @Override
    public Epoch get() {
        return current;
    }

    /** Looks into the store. To be called every second. */
    public void wake() {
        Epoch found = store.current();
        if (found.isCopy()) {
            Instant now = clock.instant();
            unitOfWork.run(transaction -> {
                store.beginInCopy(transaction, now).ifPresent(epoch -> audit.record(transaction, event(epoch)));
                return true;
            });
            found = store.current();
        }
        current = found;
    }

    /** What is kept of the beginning of an epoch. */
    public static AuditEvent event(Epoch epoch) {
        return AuditEvent.of(AuditEvent.Type.EPOCH_BEGIN).with("epoch", epoch.number());
    }
}
