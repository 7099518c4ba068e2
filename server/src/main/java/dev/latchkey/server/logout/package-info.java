/**
 * The end session endpoint: users sign out at the wish of an application or of their own (OpenID Connect RP-Initiated Logout).
 *
 * <p>Owns whose sessions are meant, whether the user is asked, and where the browser goes afterwards. What ends with a session
 * and who is told of it is {@code signout}'s. Start at {@link dev.latchkey.server.logout.LogoutEndpoint}.
 */
@NullMarked
package dev.latchkey.server.logout;

import org.jspecify.annotations.NullMarked;
