package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.token.IdTokens;
import dev.latchkey.server.user.StandardClaims;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code claims}; an essential {@code acr} that cannot be had ends the request (OpenID Connect Core §5.5). A claim of a
 * scope that the client may not have is passed over: asked for by itself it is no less.
 */
final class CheckClaims implements AuthorizationCheck {
    @Override
    public void check(Draft draft) {
        Optional<String> text = draft.parameters.first("claims");
        if (text.isEmpty()) {
            return;
        }
        RequestedClaims claims = RequestedClaims.parse(text.get())
                .orElseThrow(() -> new OAuthException(OAuthError.invalidRequest("The claims are not well-formed")));
        RequestedClaims.Request acr = claims.idToken().get("acr");
        if (acr != null
                && acr.essential()
                && !acr.values().isEmpty()
                && !acr.values().contains(IdTokens.ACR)) {
            throw new OAuthException(OAuthError.unmetAuthenticationRequirements()); // Core §5.5.1.1
        }
        RequestedClaims.Request sub = claims.idToken().get("sub");
        List<String> subjects = sub == null ? List.of() : sub.values();
        if (subjects.size() > 1) {
            throw new OAuthException(OAuthError.invalidRequest("The claims ask for more than one sub"));
        }
        draft.subject = subjects.stream().findFirst();
        Scope allowed = draft.client().metadata().scope();
        draft.claims = claims.only(
                name -> StandardClaims.scopeOf(name).map(allowed::contains).orElse(true));
    }
}
