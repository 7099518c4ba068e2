/**
 * Access tokens for a service that calls others: got, kept, refreshed before they expire, and asked for once however many
 * threads want them. Start at {@link dev.latchkey.client.TokenSource}; {@link dev.latchkey.client.AuthorizedHttpClient} sends
 * requests with them, {@code dev.latchkey.client.spring} does so for Spring's RestClient. The grants are those that need no
 * browser: client credentials (RFC 6749 §4.4), refresh (§6) and exchange (RFC 8693). What the tokens say is for the API that
 * they are sent to; nothing here reads them.
 */
@NullMarked
package dev.latchkey.client;

import org.jspecify.annotations.NullMarked;
