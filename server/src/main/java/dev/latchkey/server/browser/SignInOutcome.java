package dev.latchkey.server.browser;

import dev.latchkey.server.page.LoginProblem;

/** What came of a sign-in. */
public sealed interface SignInOutcome {
    /**
     * The user is signed in.
     *
     * @param browser the browser with a new secret, of which it has to be told
     */
    record Accepted(Browser browser, SignedIn signedIn) implements SignInOutcome {}

    /** Nobody is signed in who was not before. */
    record Refused(LoginProblem problem) implements SignInOutcome {}
}
