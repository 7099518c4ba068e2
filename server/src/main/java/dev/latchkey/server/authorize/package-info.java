/**
 * The authorization endpoint: from an application's request to an answer for it, with the user in between (RFC 6749 §3.1,
 * OpenID Connect Core §3, RFC 9700).
 *
 * <p>Owns the ordered list of checks and what the user is asked. Nothing is kept between its pages: every step carries the
 * request and checks it anew. Start at {@link dev.latchkey.server.authorize.AuthorizeEndpoint}.
 */
@NullMarked
package dev.latchkey.server.authorize;

import org.jspecify.annotations.NullMarked;
