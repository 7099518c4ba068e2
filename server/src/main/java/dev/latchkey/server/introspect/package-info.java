/**
 * {@code POST /introspect}: a resource server asks whether a token counts (RFC 7662).
 *
 * <p>Owns who may ask and what is told. Whether it counts is {@link dev.latchkey.server.token.TokenStatus}'s to say.
 */
@NullMarked
package dev.latchkey.server.introspect;

import org.jspecify.annotations.NullMarked;
