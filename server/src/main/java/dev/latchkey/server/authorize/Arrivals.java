package dev.latchkey.server.authorize;

import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.push.PushedRequest;
import dev.latchkey.server.push.PushedRequests;
import dev.latchkey.server.push.RequestUri;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what was sent to {@code /authorize} from what it stands for. Of a request that was pushed nothing but the client and the
 * {@code request_uri} counts, whatever else comes along (RFC 9126 §4, RFC 9101 §5). Safe for many threads.
 */
final class Arrivals {
    private static final String CLIENT_ID = "client_id";
    private static final String REQUEST_URI = "request_uri";
    private static final OAuthError GONE = OAuthError.invalidRequest(
            "The request has been used or has expired, or the client has not pushed it; start again at the"
                    + " application");

    private final AuthorizationChecks checks;
    private final PushedRequests pushedRequests;

    Arrivals(AuthorizationChecks checks, PushedRequests pushedRequests) {
        this.checks = checks;
        this.pushedRequests = pushedRequests;
    }

    /**
     * Checks what was sent, or the pushed request that it stands for, by the same list.
     *
     * @throws OAuthException for a page of our own, also where the pushed request is not to be had: its client is not proven
     * @throws RefusedRequestException where the recipient is proven
     */
    AuthorizationRequest check(Parameters sent) {
        Optional<String> uri = sent.first(REQUEST_URI).filter(RequestUri::isPushed);
        if (uri.isEmpty()) {
            Parameters carried = sent.without(Progress.PARAMETER);
            return checks.check(carried, Arrival.byItself(carried));
        }
        if (sent.has("request")) { // RFC 9101 §5
            throw new OAuthException(OAuthError.invalidRequest("A request cannot be sent with a request_uri"));
        }
        PushedRequest pushed = Optional.of(sent.required(CLIENT_ID))
                .filter(ClientId::isValid)
                .flatMap(client -> pushedRequests.find(uri.get(), new ClientId(client)))
                .orElseThrow(Arrivals::gone);
        Parameters carried = sent.only(Set.of(CLIENT_ID, REQUEST_URI));
        return checks.check(pushed.parameters(), new Arrival(carried, Optional.of(pushed)));
    }

    /** The user sees a page: from now on a pushed request lives for as long as that may take. */
    void begin(AuthorizationRequest request) {
        request.arrival().pushed().ifPresent(pushed -> pushedRequests.begin(pushed, request.client()));
    }

    /** The same error for one that was used, has expired, is another client's or never was: nobody learns which. */
    static OAuthException gone() {
        return new OAuthException(GONE, "unknown_request_uri");
    }

    /**
     * Ends a pushed request with an error for its client.
     *
     * @throws OAuthException where another answer has
     */
    void end(Arrival arrival) {
        if (!arrival.pushed().map(pushedRequests::use).orElse(true)) {
            throw gone();
        }
    }
}
