/**
 * Passwords: making and checking their hashes, and the rules for new ones.
 *
 * <p>Owns Argon2id (RFC 9106), the formats of other systems that are read so that their users can move here (bcrypt, PBKDF2 of RFC 8018,
 * scrypt of RFC 7914, SHA-crypt), the queue that bounds how many hashes run at once, and what NIST SP 800-63B-4 and ASVS 5.0 ask
 * of a new password. Knows nothing of users, stores or requests. Start at {@link dev.latchkey.server.password.PasswordHasher}
 * and {@link dev.latchkey.server.password.PasswordRules}.
 */
@NullMarked
package dev.latchkey.server.password;

import org.jspecify.annotations.NullMarked;
