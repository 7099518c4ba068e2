/**
 * The meters of one issuer and the page that Prometheus reads.
 *
 * <p>{@link dev.latchkey.server.metric.Meters} counts requests, refusals, tokens, hashes and commits;
 * {@link dev.latchkey.server.metric.MetricsEndpoint} shows them to those who may see them. Label values come from the
 * program, never from a request, so their number is bounded. Counting costs less than a microsecond a request. Owns no
 * source of numbers: who has one calls, or hands over a supplier.
 */
@NullMarked
package dev.latchkey.server.metric;

import org.jspecify.annotations.NullMarked;
