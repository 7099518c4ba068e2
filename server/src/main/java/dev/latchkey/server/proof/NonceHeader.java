package dev.latchkey.server.proof;

import dev.latchkey.server.http.ErrorResponse;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.token.DpopProof;

/**
 * Gives whoever sends proofs the nonce for the next one, with every answer, be it tokens or a refusal: so it has a new one
 * before the last one ends (RFC 9449 §8.2).
 */
final class NonceHeader implements Handler {
    private static final String NAME = "DPoP-Nonce";

    private final Handler handler;
    private final DpopNonces nonces;

    NonceHeader(Handler handler, DpopNonces nonces) {
        this.handler = handler;
        this.nonces = nonces;
    }

    @Override
    public Response handle(Request request) {
        boolean sendsProof = request.headers().first(DpopProof.HEADER).isPresent();
        Response response;
        try {
            response = handler.handle(request);
        } catch (OAuthException e) {
            boolean needsProof = e.error().code().equals("invalid_dpop_proof");
            if (!sendsProof && !needsProof) {
                throw e;
            }
            return ErrorResponse.of(e.error()).withHeader(NAME, nonces.current());
        }
        return sendsProof ? response.withHeader(NAME, nonces.current()) : response;
    }
}
