/**
 * The issuer's keys: made, kept encrypted, published before they sign and until the last token they signed has expired.
 *
 * <p>Owns rotation and encryption at rest. What is signed with them is {@code token}'s. Start at
 * {@link dev.latchkey.server.key.KeyRing}.
 */
@NullMarked
package dev.latchkey.server.key;

import org.jspecify.annotations.NullMarked;
