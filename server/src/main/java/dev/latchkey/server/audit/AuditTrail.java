package dev.latchkey.server.audit;

import dev.latchkey.server.protocol.Transaction;

/** Takes audit events. Implementations do not throw and do not keep the caller waiting. Safe for many threads. */
@FunctionalInterface
public interface AuditTrail {
    /** Takes an event that has happened; it is kept a moment later. */
    void record(AuditEvent event);

    /**
     * Takes an event that is true if the unit of work commits: kept in the same commit, or not at all. For changes of state,
     * so that there is none without its event. Unlike the other one it throws what the store throws.
     */
    default void record(Transaction transaction, AuditEvent event) {
        transaction.afterCommit(() -> record(event));
    }
}
