/**
 * What a supervisor or load balancer asks: {@code /health/live}, whether the process answers at all, and
 * {@code /health/ready}, whether it can do its work, which ends in a durable write.
 *
 * <p>Start at {@link dev.latchkey.server.health.ReadinessEndpoint}. Owns no check itself.
 */
@NullMarked
package dev.latchkey.server.health;

import org.jspecify.annotations.NullMarked;
