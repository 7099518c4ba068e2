/**
 * What the server issues: access tokens (RFC 9068) and refresh tokens, as values and as text.
 *
 * <p>Owns their claims, their lifetimes and whether one is still good. Who may have one is decided by the endpoints above.
 * Start at {@link dev.latchkey.server.token.TokenIssuer}.
 */
@NullMarked
package dev.latchkey.server.token;

import org.jspecify.annotations.NullMarked;
