package dev.latchkey.server.password;

import java.util.Collection;
import java.util.Optional;

/** What a new password must be. */
public final class PasswordRules {
    static final int MAX_BYTES = 1024;

    public Optional<String> objection(String password, Collection<String> names) {
        return Optional.empty();
    }
}
