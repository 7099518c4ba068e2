package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.ResponseMode;
import java.util.Optional;

/** Takes response modes that there are and that may carry what is asked for (Multiple Response Types §2.1, §5). */
final class CheckResponseMode implements AuthorizationCheck {
    @Override
    public void check(Draft draft) {
        Optional<String> asked = draft.parameters.first("response_mode");
        if (asked.isEmpty()) {
            return;
        }
        ResponseMode mode = ResponseMode.named(asked.get())
                .orElseThrow(() -> new OAuthException(OAuthError.invalidRequest("The response mode is not supported")));
        if (!draft.responseType.allows(mode)) {
            throw new OAuthException(OAuthError.invalidRequest("The response mode may not carry this response type"));
        }
        if (mode == ResponseMode.FORM_POST && !RedirectUris.isWeb(draft.recipient.redirectUri())) {
            throw new OAuthException(OAuthError.invalidRequest("A form can only be posted to a web address"));
        }
    }
}
