package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.util.Optional;

/** Takes the thumbprint of the key that the code is to be bound to (RFC 9449 §10). */
final class CheckDpopKey implements AuthorizationCheck {
    @Override
    public void check(Draft draft) {
        Optional<String> thumbprint = draft.parameters.first("dpop_jkt");
        if (!thumbprint.map(KeyThumbprint::isValid).orElse(true)) {
            throw new OAuthException(OAuthError.invalidRequest("The parameter dpop_jkt is not a SHA-256 in base64url"));
        }
        draft.key = thumbprint.map(KeyThumbprint::new);
    }
}
