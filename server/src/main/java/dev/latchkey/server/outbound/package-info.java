/**
 * The one HTTP client for URLs that somebody else named: {@code jwks_uri}, {@code sector_identifier_uri}, logout URIs.
 *
 * <p>Whoever names a URL could name a machine behind our firewall (server-side request forgery, OWASP ASVS 5.0 V1.3.6,
 * RFC 9700 §4.11). Start at {@link dev.latchkey.server.outbound.Outbound}: every address of a name is checked, and the
 * connection goes to the address that was checked. Bounded in time, bytes and number; follows no redirect. Does not
 * know what a document means. HTTP/1.1 by RFC 9112, caching after RFC 9111.
 */
@NullMarked
package dev.latchkey.server.outbound;

import org.jspecify.annotations.NullMarked;
