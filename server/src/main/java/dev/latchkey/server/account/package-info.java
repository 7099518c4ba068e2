/**
 * The account page: users see where they are signed in and which applications have access, and end that.
 *
 * <p>Owns what the page shows and whose wishes it takes. What an end comes to and who is told of it is {@code signout}'s. Start
 * at {@link dev.latchkey.server.account.AccountEndpoint}. OWASP ASVS 5.0 V7.5.
 */
@NullMarked
package dev.latchkey.server.account;

import org.jspecify.annotations.NullMarked;
