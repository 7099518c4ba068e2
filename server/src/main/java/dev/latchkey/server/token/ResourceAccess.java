package dev.latchkey.server.token;

import dev.latchkey.server.http.Authorization;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.proof.DpopProofs;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.TokenStatus.ActiveAccessToken;

/**
 * Lets requests with an access token in to the issuer's own resources. One that is bound to a key comes under the DPoP scheme
 * with a proof of that key, and any other under Bearer (RFC 9449 §7). Safe for many threads.
 */
public final class ResourceAccess {
    private final String issuer;
    private final TokenStatus status;
    private final DpopProofs proofs;

    public ResourceAccess(String issuer, TokenStatus status, DpopProofs proofs) {
        this.issuer = issuer;
        this.status = status;
        this.proofs = proofs;
    }

    /**
     * The user that a request comes from.
     *
     * @throws OAuthException 401 without an active access token of a user that is meant for this issuer (RFC 6750 §3)
     */
    public ActiveAccessToken requireUser(Request request) {
        return switch (request.authorization()) {
            case Authorization.Token token -> requireUser(request, token);
            case Authorization.None _, Authorization.Basic _, Authorization.Other _ ->
                throw new OAuthException(OAuthError.notAuthenticated());
        };
    }

    /**
     * The user that an access token of the request speaks for.
     *
     * @throws OAuthException 401 unless it is active, of a user, meant for this issuer, and in the hands that it is bound to
     */
    public ActiveAccessToken requireUser(Request request, Authorization.Token sent) {
        return switch (sent) {
            case Authorization.Bearer bearer -> {
                ActiveAccessToken active = active(bearer);
                if (active.token().key().isPresent()) { // RFC 9449 §7.2
                    throw DpopProofs.atResource(new OAuthException(OAuthError.invalidToken(), "bound_to_a_key"));
                }
                yield active;
            }
            case Authorization.Dpop dpop -> withProof(request, dpop);
        };
    }

    private ActiveAccessToken withProof(Request request, Authorization.Dpop sent) {
        ActiveAccessToken active;
        try {
            active = active(sent);
        } catch (OAuthException e) {
            throw DpopProofs.atResource(e);
        }
        if (active.token().key().isEmpty()) { // RFC 9449 §7.1
            throw DpopProofs.atResource(new OAuthException(OAuthError.invalidToken(), "not_bound_to_a_key"));
        }
        proofs.checkAtResource(request, sent.token(), active.token().key().get());
        return active;
    }

    private ActiveAccessToken active(Authorization.Token sent) {
        return status.accessToken(sent.token())
                .filter(active -> active.user().isPresent())
                .filter(active -> active.token().audience().contains(issuer)) // RFC 9068 §4
                .orElseThrow(() -> new OAuthException(OAuthError.invalidToken()));
    }
}
