/**
 * Who the bearer of an access token is: {@code /userinfo} for OpenID Connect clients (Core §5.3), {@code /users/me} for
 * first-party use as in the tutorials.
 *
 * <p>Owns which claims are told by which scope. Whether the token counts is {@link dev.latchkey.server.token.TokenStatus}'.
 */
@NullMarked
package dev.latchkey.server.userinfo;

import org.jspecify.annotations.NullMarked;
