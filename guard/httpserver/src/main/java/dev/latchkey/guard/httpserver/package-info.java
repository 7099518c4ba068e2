/**
 * The guard for the HTTP server that comes with Java ({@code com.sun.net.httpserver}): handlers that are reached only by whom
 * they are meant for, and get the caller as an argument.
 *
 * <p>Start at {@link dev.latchkey.guard.httpserver.HttpGuard}. What is let in and what is refused, and how, is the guard's own.
 */
@NullMarked
package dev.latchkey.guard.httpserver;

import org.jspecify.annotations.NullMarked;
