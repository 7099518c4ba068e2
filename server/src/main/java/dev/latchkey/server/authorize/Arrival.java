package dev.latchkey.server.authorize;

import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.push.PushedRequest;
import java.util.Optional;

/**
 * How a request has come to {@code /authorize}: by itself, or by the {@code request_uri} of one that was pushed.
 *
 * @param carried what travels with the pages: the request itself, or the client and the {@code request_uri}
 * @param pushed what the {@code request_uri} stands for
 */
record Arrival(Parameters carried, Optional<PushedRequest> pushed) {
    static Arrival byItself(Parameters parameters) {
        return new Arrival(parameters, Optional.empty());
    }
}
