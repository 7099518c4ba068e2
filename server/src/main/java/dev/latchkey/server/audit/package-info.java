/**
 * Audit events: what an operator asks about afterwards, told by the endpoints as it happens.
 *
 * <p>Owns the names of the events. Where they go is decided in the wiring. Start at
 * {@link dev.latchkey.server.audit.AuditEvent}.
 */
@NullMarked
package dev.latchkey.server.audit;

import org.jspecify.annotations.NullMarked;
