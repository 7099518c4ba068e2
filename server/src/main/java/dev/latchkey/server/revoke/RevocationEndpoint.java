package dev.latchkey.server.revoke;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientAuthenticator;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.token.AccessToken;
import dev.latchkey.server.token.TokenStatus;
import java.util.Optional;

/**
 * {@code POST /revoke}. A refresh token ends its session and every token of it; an access token ends alone. A token that
 * does not count anyway is no error (RFC 7009 §2.2).
 */
public final class RevocationEndpoint implements Handler {
    private final ClientAuthenticator authenticator;
    private final ClientId firstPartyClient;
    private final TokenStatus status;
    private final AuditTrail audit;

    public RevocationEndpoint(
            ClientAuthenticator authenticator, ClientId firstPartyClient, TokenStatus status, AuditTrail audit) {
        this.authenticator = authenticator;
        this.firstPartyClient = firstPartyClient;
        this.status = status;
        this.audit = audit;
    }

    @Override
    public Response handle(Request request) {
        Parameters parameters = request.form();
        Client client = authenticator
                .authenticate(request, parameters, firstPartyClient)
                .client();
        String token = parameters.required("token"); // a hint is of no use: the kinds cannot be taken for each other
        Optional<Session> session = status.sessionOf(token);
        if (session.isPresent()) {
            revoke(client, session.get());
        } else {
            // also one that does not count any more: what ended it may be confirmed only now
            status.genuineAccessToken(token).ifPresent(genuine -> revoke(client, genuine));
        }
        return Response.empty(200).withNoStore();
    }

    private void revoke(Client client, Session session) {
        requireOwn(client, session.clientId());
        AuditEvent event = AuditEvent.of(AuditEvent.Type.REVOKE_GRANT)
                .with("sub", session.userId())
                .with("client_id", client.id())
                .with("sid", session.id());
        status.revoke(session, transaction -> audit.record(transaction, event));
    }

    private void revoke(Client client, AccessToken token) {
        requireOwn(client, token.clientId());
        AuditEvent event = AuditEvent.of(AuditEvent.Type.REVOKE_GRANT)
                .with("sub", token.subject())
                .with("client_id", client.id())
                .with("jti", token.id());
        status.revoke(token, transaction -> audit.record(transaction, event));
    }

    private static void requireOwn(Client client, ClientId owner) {
        if (!client.id().equals(owner)) { // RFC 7009 §2.1
            throw new OAuthException(OAuthError.invalidGrant("The token was issued to another client"));
        }
    }
}
