package dev.latchkey.server.authorize;

import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.IdTokenHints;
import java.util.List;

/** All checks of an authorization request, in their order. Immutable, safe for many threads. */
public final class AuthorizationChecks {
    private final FindRecipient findRecipient;
    private final List<AuthorizationCheck> checks;

    /**
     * Makes the list.
     *
     * @param settings whose scopes are all that there are; others are passed over
     */
    public AuthorizationChecks(AuthorizationSettings settings, ClientStore clients, IdTokenHints hints) {
        this.findRecipient = new FindRecipient(clients);
        this.checks = List.of(
                new RequirePush(settings.requirePush()),
                new RefuseRequestObjects(),
                new CheckState(),
                new CheckResponseType(),
                new CheckResponseMode(),
                new CheckScope(settings.scopes()),
                new CheckResource(settings.issuer()),
                new CheckNonce(),
                new CheckPkce(),
                new CheckDpopKey(),
                new CheckPrompt(),
                new CheckMaxAge(),
                new CheckClaims(),
                new CheckIdTokenHint(hints));
    }

    /**
     * Checks a request.
     *
     * @param parameters of the request, wherever they were found
     * @param arrival how it has come
     *
     * @throws OAuthException where nobody is proven to be the recipient: for a page of our own, never for a redirect
     * @throws RefusedRequestException where the recipient is proven
     */
    AuthorizationRequest check(Parameters parameters, Arrival arrival) {
        Recipient recipient = findRecipient.of(parameters);
        Draft draft = new Draft(parameters, recipient, arrival);
        try {
            checks.forEach(check -> check.check(draft));
        } catch (OAuthException refused) {
            throw new RefusedRequestException(recipient, arrival, refused.error());
        }
        return draft.finish();
    }
}
