package dev.latchkey.server.authorize;

import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.IdTokenHints;
import java.util.List;
import java.util.Set;

/** All checks of an authorization request, in their order. Immutable, safe for many threads. */
public final class AuthorizationChecks {
    private final FindRecipient findRecipient;
    private final List<AuthorizationCheck> checks;

    /**
     * Makes the list.
     *
     * @param issuer the issuer identifier
     * @param scopes all that there are; others are passed over
     */
    public AuthorizationChecks(String issuer, ClientStore clients, Set<String> scopes, IdTokenHints hints) {
        this.findRecipient = new FindRecipient(clients);
        this.checks = List.of(
                new RefuseRequestObjects(),
                new CheckState(),
                new CheckResponseType(),
                new CheckResponseMode(),
                new CheckScope(scopes),
                new CheckResource(issuer),
                new CheckNonce(),
                new CheckPkce(),
                new CheckPrompt(),
                new CheckMaxAge(),
                new CheckClaims(),
                new CheckIdTokenHint(hints));
    }

    /**
     * Checks a request.
     *
     * @throws OAuthException where nobody is proven to be the recipient: for a page of our own, never for a redirect
     * @throws RefusedRequestException where the recipient is proven
     */
    AuthorizationRequest check(Parameters parameters) {
        Recipient recipient = findRecipient.of(parameters);
        Draft draft = new Draft(parameters, recipient);
        try {
            checks.forEach(check -> check.check(draft));
        } catch (OAuthException refused) {
            throw new RefusedRequestException(recipient, refused.error());
        }
        return draft.finish();
    }
}
