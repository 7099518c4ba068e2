package dev.latchkey.server.grant;

import dev.latchkey.server.client.AuthenticatedClient;
import dev.latchkey.server.client.ClientAuthenticator;
import dev.latchkey.server.client.ClientUse;
import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.proof.DpopProofs;
import dev.latchkey.server.proof.SenderProof;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.TokenResponse;

/** {@code POST /token}: trades what a client presents for tokens (RFC 6749 §3.2). */
public final class TokenEndpoint implements Handler {
    private final Grants grants;
    private final ClientAuthenticator authenticator;
    private final ClientId firstPartyClient;
    private final DpopProofs proofs;
    private final ClientUse clientUse;

    public TokenEndpoint(
            Grants grants,
            ClientAuthenticator authenticator,
            ClientId firstPartyClient,
            DpopProofs proofs,
            ClientUse clientUse) {
        this.grants = grants;
        this.authenticator = authenticator;
        this.firstPartyClient = firstPartyClient;
        this.proofs = proofs;
        this.clientUse = clientUse;
    }

    @Override
    public Response handle(Request request) {
        Parameters parameters = request.form(Entitlement.RESOURCE);
        Grant grant = grantOf(parameters);
        AuthenticatedClient client = clientOf(request, parameters, grant);
        if (!client.client().mayUse(grant.type())) {
            throw new OAuthException(OAuthError.unauthorizedClient("The client may not use this grant type"));
        }
        SenderProof proof = proofs.ofTokenRequest(request, client.client());
        GrantRequest grantRequest =
                new GrantRequest(client, parameters.only(grant.parameters()), request.remoteAddress(), proof);
        TokenResponse issued = grant.redeem(grantRequest);
        clientUse.note(client.client());
        return Response.token(issued.members("Bearer"));
    }

    private Grant grantOf(Parameters parameters) {
        return grants.find(parameters.required("grant_type"))
                .orElseThrow(
                        () -> new OAuthException(OAuthError.unsupportedGrantType("The grant type is not supported")));
    }

    private AuthenticatedClient clientOf(Request request, Parameters parameters, Grant grant) {
        return grant.servesUnnamedClient()
                ? authenticator.authenticate(request, parameters, firstPartyClient)
                : authenticator.authenticate(request, parameters);
    }
}
