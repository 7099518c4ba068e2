/**
 * Tells who calls an API, and refuses whom it should: from a request's method, URL and headers to a
 * {@link dev.latchkey.guard.Caller}, or to an answer that already knows its status, {@code WWW-Authenticate} and body.
 *
 * <p>Start at {@link dev.latchkey.guard.Guard}. Knows no web framework; the adapters beside this module do. RFC 6750 (bearer
 * tokens), RFC 9068 (JWT access tokens), RFC 7662 (introspection), RFC 8705 and RFC 9449 (bound tokens), RFC 9470 (step-up),
 * RFC 9728 (protected resource metadata), Token Status List (revocation).
 */
@NullMarked
package dev.latchkey.guard;

import org.jspecify.annotations.NullMarked;
