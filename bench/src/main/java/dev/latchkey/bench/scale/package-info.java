/**
 * What PostgreSQL allows, and what several instances make of it: throughput by instances beside the database's own limit, and
 * the cost of a refresh by the number of sessions. Start at {@link dev.latchkey.bench.scale.PostgresFigures}.
 */
@NullMarked
package dev.latchkey.bench.scale;

import org.jspecify.annotations.NullMarked;
