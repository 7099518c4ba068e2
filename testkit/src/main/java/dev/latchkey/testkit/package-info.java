/**
 * The real token server inside a test: on a free port, with a store in memory and a clock to turn.
 *
 * <p>Owns what a test wants of an issuer: to declare users and clients, to have tokens of any kind, good and bad, to turn the
 * time, to rotate keys, to take the issuer away. What is served and issued is the server's own. Start at {@link
 * dev.latchkey.testkit.LatchkeyServer}, or in JUnit at {@link dev.latchkey.testkit.LatchkeyTest}.
 */
@NullMarked
package dev.latchkey.testkit;

import org.jspecify.annotations.NullMarked;
