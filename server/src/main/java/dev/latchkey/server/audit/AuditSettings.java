package dev.latchkey.server.audit;

import java.time.Duration;

/**
 * What is kept of the audit events, and how long.
 *
 * @param retention after which an event is removed
 * @param everything whether routine is kept too
 * @param errorsPerMinute how many of a type of {@link AuditEvent.Kind#ERROR} are kept in a minute
 */
public record AuditSettings(Duration retention, boolean everything, int errorsPerMinute) {
    public AuditSettings {
        if (errorsPerMinute < 1) {
            throw new IllegalArgumentException("at least one error a minute is kept");
        }
    }
}
