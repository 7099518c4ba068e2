package dev.latchkey.server.page;

import java.time.Duration;

/** Why the login page comes again. */
public sealed interface LoginProblem {
    /** Name or password is wrong, and nobody is told which. */
    record WrongCredentials() implements LoginProblem {}

    /** The account or the address is locked for a while. */
    record TooManyAttempts(Duration retryAfter) implements LoginProblem {}

    /** There are more logins than the server can check. */
    record Busy(Duration retryAfter) implements LoginProblem {}

    /** The form was stale, or the browser sent no cookie. */
    record Expired() implements LoginProblem {}

    /** The application asked for another user than the one who signed in. */
    record OtherUserNeeded() implements LoginProblem {}
}
