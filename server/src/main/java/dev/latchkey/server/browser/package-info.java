/**
 * Browsers and who is signed in at them: the cookie, the tokens of forms, sign-in and account choice.
 *
 * <p>Owns what a browser may keep and how long it counts. What a sign-in is wanted for is the endpoints' business, and a
 * session at a client is {@code session}'s. Start at {@link dev.latchkey.server.browser.SignIns}. OWASP ASVS 5.0 V7.
 */
@NullMarked
package dev.latchkey.server.browser;

import org.jspecify.annotations.NullMarked;
