package dev.latchkey.server.password;

/** What came of checking a password against a stored hash. */
public sealed interface PasswordVerdict {
    /**
     * The password is the right one.
     *
     * @param needsRenewal whether the stored hash should be replaced by a new one of this password: it is another system's, or
     *     costs less than is wanted now
     */
    record Match(boolean needsRenewal) implements PasswordVerdict {}

    /** The password is wrong, or the stored hash cannot be read: a caller that tells them apart would tell others too. */
    record Mismatch() implements PasswordVerdict {}
}
