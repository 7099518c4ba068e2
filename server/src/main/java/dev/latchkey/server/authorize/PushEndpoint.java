package dev.latchkey.server.authorize;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientAuthenticator;
import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.proof.DpopProofs;
import dev.latchkey.server.proof.SenderProof;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.push.PushedRequest;
import dev.latchkey.server.push.PushedRequests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /par}: takes an authorization request from its client, checks it as {@code /authorize} would, and answers with the
 * {@code request_uri} that stands for it (RFC 9126 §2). Errors are JSON and go nowhere else.
 */
final class PushEndpoint implements Handler {
    static final String PATH = "/par";

    private static final String DPOP_JKT = "dpop_jkt";

    /** Of the request as a form: more than one that travels in an address could have. */
    private static final int MAX_LENGTH = 16 * 1024;

    private final Senders senders;
    private final AuthorizationChecks checks;
    private final PushedRequests pushedRequests;
    private final AuditTrail audit;

    /** By what it is known who sends a request, and with which key. */
    record Senders(ClientAuthenticator authenticator, DpopProofs proofs) {}

    PushEndpoint(Senders senders, AuthorizationChecks checks, PushedRequests pushedRequests, AuditTrail audit) {
        this.senders = senders;
        this.checks = checks;
        this.pushedRequests = pushedRequests;
        this.audit = audit;
    }

    @Override
    public Response handle(Request request) {
        Parameters sent = request.form(Entitlement.RESOURCE);
        Client client = senders.authenticator().authenticate(request, sent).client();
        try {
            SenderProof proof = senders.proofs().ofPush(request, client);
            PushedRequests.Made made = pushedRequests.make(client.id(), bound(authorization(sent), proof));
            check(made.request());
            if (!pushedRequests.keep(made.request(), client, proof::use)) {
                throw proof.usedBefore();
            }
            audit.record(event(AuditEvent.Type.PUSHED_REQUEST, client, request));
            return Response.token(201, answer(made));
        } catch (OAuthException refused) {
            audit.record(
                    event(AuditEvent.Type.PUSHED_REQUEST_ERROR, client, request).with("reason", refused.reason()));
            throw refused;
        }
    }

    /** The request without what proves who the client is. */
    private static Parameters authorization(Parameters sent) {
        if (sent.has("request_uri")) { // RFC 9126 §2.1
            throw new OAuthException(OAuthError.invalidRequest("A request_uri cannot be pushed"));
        }
        Parameters authorization = sent.without("client_secret")
                .without("client_assertion")
                .without("client_assertion_type")
                .without(Progress.PARAMETER);
        if (authorization.toForm().length() > MAX_LENGTH) {
            throw new OAuthException(OAuthError.contentTooLarge()); // RFC 9126 §2.3
        }
        return authorization;
    }

    /** A proof says the same as the parameter: to which key the code is bound (RFC 9449 §10.1). */
    private static Parameters bound(Parameters authorization, SenderProof proof) {
        Optional<String> proven = proof.key().map(KeyThumbprint::value);
        Optional<String> named = authorization.first(DPOP_JKT);
        if (proven.isPresent() && named.isPresent() && !proven.equals(named)) {
            throw new OAuthException(OAuthError.invalidDpopProof("The proof is by another key than dpop_jkt"));
        }
        return proven.map(key -> authorization.with(DPOP_JKT, key)).orElse(authorization);
    }

    /** Wants {@code client_id} too: it is a parameter of every authorization request (RFC 9126 §2.1). */
    private void check(PushedRequest pushed) {
        try {
            checks.check(pushed.parameters(), new Arrival(pushed.parameters(), Optional.of(pushed)));
        } catch (RefusedRequestException refused) {
            throw new OAuthException(refused.error());
        }
    }

    private Map<String, Object> answer(PushedRequests.Made made) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("request_uri", made.uri().value());
        answer.put("expires_in", pushedRequests.lifetimeSeconds());
        return answer;
    }

    private static AuditEvent event(AuditEvent.Type type, Client client, Request request) {
        return AuditEvent.of(type)
                .with("client_id", client.id())
                .with("address", request.remoteAddress().getHostAddress());
    }
}
