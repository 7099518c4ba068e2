/**
 * The guard for web applications of Jakarta Servlet 6: a filter that knows which path asks what of its caller, and answers
 * {@code getUserPrincipal}, {@code getRemoteUser}, {@code isUserInRole} and {@code getAuthType} by who calls.
 *
 * <p>Start at {@link dev.latchkey.guard.servlet.GuardFilter}, or at {@link dev.latchkey.guard.servlet.DeclaredGuardFilter} to
 * say it all in {@code web.xml}. What is let in and what is refused, and how, is the guard's own.
 */
@NullMarked
package dev.latchkey.guard.servlet;

import org.jspecify.annotations.NullMarked;
