/**
 * Users: who can sign in, what is known of them, and the check of a user name and password.
 *
 * <p>Owns the user record, its import and the slowing down of repeated failures. Hashing is {@code password}'s, sessions are
 * {@code session}'s. Start at {@link dev.latchkey.server.user.User} and {@code PasswordLogin}.
 */
@NullMarked
package dev.latchkey.server.user;

import org.jspecify.annotations.NullMarked;
