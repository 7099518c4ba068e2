package dev.latchkey.server.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which events are asked for; what is empty does not matter.
 *
 * @param type {@link AuditEvent.Type#code}
 * @param since the first instant
 * @param until the first instant no more
 */
public record AuditQuery(
        Optional<String> type,
        Optional<String> subject,
        Optional<String> clientId,
        Optional<Instant> since,
        Optional<Instant> until) {

    /** Every event there is. */
    public static AuditQuery all() {
        return new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
