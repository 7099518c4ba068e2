/**
 * Pushed authorization requests (RFC 9126): what a client has left with the server, and the {@code request_uri} that stands for
 * it.
 *
 * <p>Owns how long such a request lives, how many a client may have, and that one answer ends it. Who may push and what a request
 * may say belongs to {@code authorize}. Start at {@link dev.latchkey.server.push.PushedRequests}.
 */
@NullMarked
package dev.latchkey.server.push;

import org.jspecify.annotations.NullMarked;
