/**
 * The words of the protocol: scopes, grant types, errors, identifiers and the unit of work. Everything above speaks them.
 *
 * <p>Owns values and their rules, no behaviour of an endpoint, no HTTP and no SQL; imports only {@code java.*}. Names are
 * those of RFC 6749, 6750, 7009, 7591 and 7662. Start at {@link dev.latchkey.server.protocol.OAuthError}.
 */
@NullMarked
package dev.latchkey.server.protocol;

import org.jspecify.annotations.NullMarked;
