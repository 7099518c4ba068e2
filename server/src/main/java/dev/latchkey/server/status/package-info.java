/**
 * {@code GET /status-list} and {@code GET /status-lists}: which sessions have ended before their time, for APIs that check
 * access tokens by themselves (IETF Token Status List).
 *
 * <p>Owns the lists as signed tokens and when they are made anew. What ends a session is not its business: it tells what
 * {@link dev.latchkey.server.session.SessionStore} has as revoked. Start at {@code StatusListEndpoint}.
 */
@NullMarked
package dev.latchkey.server.status;

import org.jspecify.annotations.NullMarked;
