/**
 * What the guard costs a whole API: the same API on each kind of web server, open and guarded, under the load of
 * {@code dev.latchkey.bench.load}. Start at {@link dev.latchkey.bench.guard.GuardedApis}; the programs that it starts are at
 * {@link dev.latchkey.bench.guard.ApiProgram} and, on a class path of its own, in the module of Spring Boot.
 */
@NullMarked
package dev.latchkey.bench.guard;

import org.jspecify.annotations.NullMarked;
