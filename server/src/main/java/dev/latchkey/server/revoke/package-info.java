/**
 * {@code POST /revoke}: a client gives a token back (RFC 7009).
 *
 * <p>Owns who may revoke what. What a revocation ends is the rule of {@code session} and {@code token}.
 */
@NullMarked
package dev.latchkey.server.revoke;

import org.jspecify.annotations.NullMarked;
