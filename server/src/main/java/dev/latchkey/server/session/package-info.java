/**
 * Sessions: one login of one user at one client device, and the generations of its refresh token (DESIGN §6).
 *
 * <p>Owns who wins a refresh, what a replay does, and when a session ends. What the refresh token looks like on the wire is
 * {@code token}'s. Start at {@link dev.latchkey.server.session.SessionStore}.
 */
@NullMarked
package dev.latchkey.server.session;

import org.jspecify.annotations.NullMarked;
