package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.ResponseType;

/** Takes response types that there are and that the client may use (RFC 6749 §3.1.1). */
final class CheckResponseType implements AuthorizationCheck {
    @Override
    public void check(Draft draft) {
        ResponseType type = ResponseType.named(draft.parameters.required("response_type"))
                .orElseThrow(() -> new OAuthException(OAuthError.unsupportedResponseType()));
        if (!draft.client().metadata().responseTypes().contains(type)) {
            throw new OAuthException(OAuthError.unauthorizedClient("The client may not use this response type"));
        }
        draft.responseType = type;
    }
}
