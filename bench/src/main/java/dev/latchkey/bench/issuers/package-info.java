/**
 * What many issuers in one process cost: start, memory, idle processor time, and the first request at an issuer that is closed.
 * Start at {@link dev.latchkey.bench.issuers.IssuerFigures}.
 */
@NullMarked
package dev.latchkey.bench.issuers;

import org.jspecify.annotations.NullMarked;
