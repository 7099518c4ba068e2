package dev.latchkey.server.authorize;

import dev.latchkey.server.browser.SignedIn;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.Scope;
import java.util.List;

/** What has to happen next for an authorization request. */
sealed interface Step {
    /**
     * The user signs in.
     *
     * @param username to begin with, or empty
     * @param otherUserNeeded whether somebody is signed in, but not the one whom the client asks for
     */
    record SignIn(String username, boolean otherUserNeeded) implements Step {}

    /** The user chooses one of the accounts that are signed in. */
    record ChooseAccount(List<SignedIn> accounts) implements Step {}

    /**
     * The user says whether the client may.
     *
     * @param remembered what the user has allowed before
     */
    record AskConsent(SignedIn account, Scope remembered) implements Step {}

    /** Everything is there: the client gets what it asked for. */
    record Proceed(SignedIn account) implements Step {}

    /** The client is told no. */
    record Refuse(OAuthError error) implements Step {}
}
