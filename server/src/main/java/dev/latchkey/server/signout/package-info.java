/**
 * Signs users out: ends browser sessions, sessions at clients and consents, and tells the clients concerned.
 *
 * <p>Owns what ends with what, the logout tokens (OpenID Connect Back-Channel Logout §2.4), their queue and its worker, and the
 * addresses that are loaded in frames (Front-Channel Logout §3). Who may end what is decided by the endpoints above. Start at
 * {@link dev.latchkey.server.signout.SignOut}.
 */
@NullMarked
package dev.latchkey.server.signout;

import org.jspecify.annotations.NullMarked;
