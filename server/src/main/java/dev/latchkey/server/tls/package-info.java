/**
 * Certificates and private keys in PEM files, and TLS made of them.
 *
 * <p>{@link dev.latchkey.server.tls.PemFile} reads what an operator wrote and says in which line it is wrong. Owns no socket:
 * the web server is in {@code http}, the client in {@code outbound}. RFC 7468, RFC 8446, RFC 9325.
 */
@NullMarked
package dev.latchkey.server.tls;

import org.jspecify.annotations.NullMarked;
