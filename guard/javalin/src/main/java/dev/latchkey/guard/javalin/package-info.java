/**
 * The guard for Javalin: routes that are reached only by whom they are meant for, and are told who that is.
 *
 * <p>Start at {@link dev.latchkey.guard.javalin.JavalinGuard}. What is let in and what is refused, and how, is the guard's own.
 */
@NullMarked
package dev.latchkey.guard.javalin;

import org.jspecify.annotations.NullMarked;
