package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;

/** Bounds what is sent back: it comes and goes in a URL. */
final class CheckState implements AuthorizationCheck {
    private static final int MAX_LENGTH = 4096;

    @Override
    public void check(Draft draft) {
        if (draft.parameters.first("state").orElse("").length() > MAX_LENGTH) {
            throw new OAuthException(
                    OAuthError.invalidRequest("The state has more than " + MAX_LENGTH + " characters"));
        }
    }
}
