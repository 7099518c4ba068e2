/**
 * {@code POST /login}: the first-party login of the tutorials, a user name and password for tokens.
 *
 * <p>Owns the form and the words of the refusal; the login itself is {@link dev.latchkey.server.token.PasswordTokens}.
 */
@NullMarked
package dev.latchkey.server.login;

import org.jspecify.annotations.NullMarked;
