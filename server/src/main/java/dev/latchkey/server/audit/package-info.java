/**
 * Audit events: what an operator asks about afterwards, told by the endpoints as it happens, kept in a table that only grows.
 *
 * <p>Owns the names of the events, which of them are kept and how long. What is logged and counted is decided in the wiring.
 * Start at {@link dev.latchkey.server.audit.AuditEvent}, then {@link dev.latchkey.server.audit.DurableAuditTrail}.
 */
@NullMarked
package dev.latchkey.server.audit;

import org.jspecify.annotations.NullMarked;
