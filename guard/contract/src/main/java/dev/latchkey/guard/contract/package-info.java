/**
 * What every adapter of the guard has to do, whatever its web server: a test that each adapter's module extends with the few
 * lines that serve {@link dev.latchkey.guard.contract.OrdersApi} its way.
 *
 * <p>Start at {@link dev.latchkey.guard.contract.GuardContract}. Talks to the API over sockets, so that every byte of a request
 * is the test's and every byte of the answer is seen. Not published. RFC 6750, RFC 8705, RFC 9110, RFC 9449, RFC 9470, RFC
 * 9728.
 */
@NullMarked
package dev.latchkey.guard.contract;

import org.jspecify.annotations.NullMarked;
