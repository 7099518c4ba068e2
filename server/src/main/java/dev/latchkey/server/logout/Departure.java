package dev.latchkey.server.logout;

import dev.latchkey.server.browser.SignedIn;
import java.util.List;

/** Who is to be signed out of a browser. */
sealed interface Departure {
    /** Nobody is signed in. */
    record Nobody() implements Departure {}

    /** The application has proven that it is this one, whom it knows: there is no need to ask. */
    record Proven(SignedIn account) implements Departure {}

    /** Those whom the user is asked about. */
    record Asked(List<SignedIn> accounts) implements Departure {
        public Asked {
            accounts = List.copyOf(accounts);
        }
    }
}
