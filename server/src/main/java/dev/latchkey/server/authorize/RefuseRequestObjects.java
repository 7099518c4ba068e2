package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.util.List;

/** Refuses parameters that must not be passed over where they are not supported (OpenID Connect Core §3.1.2.6). */
final class RefuseRequestObjects implements AuthorizationCheck {
    private static final List<String> NOT_SUPPORTED = List.of("request", "request_uri", "registration");

    @Override
    public void check(Draft draft) {
        for (String parameter : NOT_SUPPORTED) {
            if (draft.parameters.has(parameter)) {
                throw new OAuthException(OAuthError.notSupported(parameter));
            }
        }
    }
}
