/**
 * What a client finds out by itself: the two discovery documents and the key set (OpenID Connect Discovery, RFC 8414, RFC
 * 7517).
 *
 * <p>Owns the documents; tells exactly what is on.
 */
@NullMarked
package dev.latchkey.server.discovery;

import org.jspecify.annotations.NullMarked;
