/**
 * The guard for Helidon SE 4: routes that are reached only by whom they are meant for, and are told who that is.
 *
 * <p>Start at {@link dev.latchkey.guard.helidon.HelidonGuard}. What is let in and what is refused, and how, is the guard's own.
 */
@NullMarked
package dev.latchkey.guard.helidon;

import org.jspecify.annotations.NullMarked;
