/**
 * The token library: create, sign, parse and verify JSON Web Tokens (RFC 7519), and the keys that do so (RFC 7517).
 *
 * <p>Owns formats, algorithms and checks. It knows nothing of users, clients, HTTP or storage. Start at {@code Jwt} to make
 * a token and at {@code Verifier} to check one.
 */
@NullMarked
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;
