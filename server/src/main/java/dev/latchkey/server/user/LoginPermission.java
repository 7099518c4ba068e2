package dev.latchkey.server.user;

import java.time.Duration;

/** Whether a login may be tried now. */
public sealed interface LoginPermission {
    /** It may. */
    record Allowed() implements LoginPermission {}

    /**
     * It may not, and no password is looked at: too many tries failed.
     *
     * @param retryAfter positive
     */
    record Blocked(Duration retryAfter) implements LoginPermission {}
}
