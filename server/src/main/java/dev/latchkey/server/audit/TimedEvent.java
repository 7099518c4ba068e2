package dev.latchkey.server.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * An event and when it happened.
 *
 * @param key of one that may be kept twice, when it cannot be told whether the first time was durable: it is there once
 */
public record TimedEvent(Instant at, AuditEvent event, Optional<String> key) {
    /** One whose keeper knows whether it was kept: with the unit of work that it is a part of. */
    public TimedEvent(Instant at, AuditEvent event) {
        this(at, event, Optional.empty());
    }
}
