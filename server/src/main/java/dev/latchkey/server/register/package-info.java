/**
 * Registration of clients by themselves: {@code POST /register}, and their management by who registered them.
 *
 * <p>Owns who may register and which metadata a stranger may have; not what metadata mean, which is in package
 * {@code client}. Start at {@code RegistrationEndpoint} and {@code MetadataReader}. Sources: RFC 7591, RFC 7592, OpenID
 * Connect Dynamic Client Registration 1.0, RFC 8252.
 */
@NullMarked
package dev.latchkey.server.register;

import org.jspecify.annotations.NullMarked;
