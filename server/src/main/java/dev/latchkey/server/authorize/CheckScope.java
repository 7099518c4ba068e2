package dev.latchkey.server.authorize;

import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Scope;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Takes scopes that the client may have. Those that nobody knows are passed over (OpenID Connect Core §3.1.2.1), and so is
 * {@code offline_access} where no refresh token could follow (Core §11).
 */
final class CheckScope implements AuthorizationCheck {
    private static final String OFFLINE_ACCESS = "offline_access";

    private final Set<String> known;

    CheckScope(Set<String> known) {
        this.known = Set.copyOf(known);
    }

    @Override
    public void check(Draft draft) {
        Scope scope = granted(draft);
        if (draft.responseType.hasIdToken() && !scope.contains("openid")) { // Core §3.1.2.1
            throw new OAuthException(OAuthError.invalidScope("An ID token needs the scope openid"));
        }
        Set<String> tokens = new LinkedHashSet<>(scope.tokens());
        if (!draft.responseType.hasCode() || !draft.client().mayUse(GrantType.REFRESH_TOKEN)) {
            tokens.remove(OFFLINE_ACCESS);
        }
        draft.scope = new Scope(tokens);
    }

    private Scope granted(Draft draft) {
        Entitlement entitlement = Entitlement.of(draft.client(), "");
        Optional<String> asked = draft.parameters.first("scope");
        if (asked.isEmpty()) {
            return entitlement.grantedScope(draft.parameters);
        }
        Scope scope = Scope.parse(asked.get())
                .orElseThrow(() -> new OAuthException(OAuthError.invalidScope("The scope is not well-formed")));
        String understood = scope.intersect(new Scope(known)).toString();
        return entitlement.grantedScope(Parameters.of("scope", understood.isEmpty() ? " " : understood));
    }
}
