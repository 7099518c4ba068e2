package dev.latchkey.server.login;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientAuthenticator;
import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.proof.DpopProofs;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.PasswordTokens;
import dev.latchkey.server.token.TokenResponse;

/**
 * {@code POST /login}: takes the fields of FastAPI's {@code OAuth2PasswordRequestForm} as a form or as JSON and answers with
 * both tokens. The login is one at the built-in first-party client unless the request names another that may use the password
 * grant.
 */
public final class LoginEndpoint implements Handler {
    private final ClientAuthenticator authenticator;
    private final ClientId firstPartyClient;
    private final DpopProofs proofs;
    private final PasswordTokens passwordTokens;

    public LoginEndpoint(
            ClientAuthenticator authenticator,
            ClientId firstPartyClient,
            DpopProofs proofs,
            PasswordTokens passwordTokens) {
        this.authenticator = authenticator;
        this.firstPartyClient = firstPartyClient;
        this.proofs = proofs;
        this.passwordTokens = passwordTokens;
    }

    @Override
    public Response handle(Request request) {
        Parameters parameters = request.formOrJson(Entitlement.RESOURCE);
        parameters.first("grant_type").filter(type -> !type.equals("password")).ifPresent(_ -> {
            throw new OAuthException(OAuthError.unsupportedGrantType("A login has the grant type password, or none"));
        });
        Client client = authenticator
                .authenticate(request, parameters, firstPartyClient)
                .client();
        if (!client.id().equals(firstPartyClient) && !client.mayUse(GrantType.PASSWORD)) {
            throw new OAuthException(OAuthError.unauthorizedClient("The client may not log users in by password"));
        }
        TokenResponse issued = passwordTokens
                .login(client, parameters, request.remoteAddress(), proofs.ofTokenRequest(request, client))
                .orElseThrow(() -> new OAuthException(OAuthError.incorrectLogin()));
        return Response.token(issued.members("bearer"));
    }
}
