package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;

/** Wants a nonce where an ID token goes through the browser (OpenID Connect Core §3.2.2.1, §3.3.2.11). */
final class CheckNonce implements AuthorizationCheck {
    private static final int MAX_LENGTH = 1024;

    @Override
    public void check(Draft draft) {
        draft.nonce = draft.parameters.first("nonce");
        if (draft.responseType.hasIdToken() && draft.nonce.isEmpty()) {
            throw new OAuthException(OAuthError.invalidRequest("The parameter nonce is missing"));
        }
        if (draft.nonce.orElse("").length() > MAX_LENGTH) {
            throw new OAuthException(
                    OAuthError.invalidRequest("The nonce has more than " + MAX_LENGTH + " characters"));
        }
    }
}
