/**
 * What status lists cost at a million sessions: their size, the time to make one, and what a look into the store and a poll take.
 * Start at {@link dev.latchkey.bench.status.StatusFigures}.
 */
@NullMarked
package dev.latchkey.bench.status;

import org.jspecify.annotations.NullMarked;
