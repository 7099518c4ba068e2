package dev.latchkey.server.audit;

/** Takes audit events. Implementations do not throw and do not keep the caller waiting. Safe for many threads. */
public interface AuditTrail {
    void record(AuditEvent event);
}
