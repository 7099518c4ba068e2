/**
 * Load on a whole server: starts it as users do, drives it over loopback and holds what it does against limits that are
 * measured in the same run.
 *
 * <p>Start at {@link dev.latchkey.bench.load.Benchmark}. The load generator is {@link dev.latchkey.bench.load.LoadGenerator}.
 */
@NullMarked
package dev.latchkey.bench.load;

import org.jspecify.annotations.NullMarked;
