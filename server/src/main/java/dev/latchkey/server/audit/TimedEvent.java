package dev.latchkey.server.audit;

import java.time.Instant;

/** An event and when it happened. */
public record TimedEvent(Instant at, AuditEvent event) {}
