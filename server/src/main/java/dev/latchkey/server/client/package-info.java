/**
 * Clients: the applications that ask for tokens, their metadata by the names of RFC 7591, and their authentication.
 *
 * <p>Owns what a client may do and the proof that a request comes from it. Start at
 * {@link dev.latchkey.server.client.Client} and {@code ClientAuthenticator}.
 */
@NullMarked
package dev.latchkey.server.client;

import org.jspecify.annotations.NullMarked;
