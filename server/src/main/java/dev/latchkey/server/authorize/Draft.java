package dev.latchkey.server.authorize;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.session.RequestedClaims;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An authorization request while it is checked: every check reads parameters and writes down what they come to. */
final class Draft {
    final Parameters parameters;
    final Recipient recipient;
    final Arrival arrival;
    ResponseType responseType = ResponseType.CODE;
    Scope scope = Scope.NONE;
    List<String> audience = List.of();
    Optional<String> codeChallenge = Optional.empty();
    Optional<String> nonce = Optional.empty();
    Optional<KeyThumbprint> key = Optional.empty();
    Set<Prompt> prompts = Set.of();
    Optional<Duration> maxAge = Optional.empty();
    RequestedClaims claims = RequestedClaims.NONE;
    Optional<String> subject = Optional.empty();

    Draft(Parameters parameters, Recipient recipient, Arrival arrival) {
        this.parameters = parameters;
        this.recipient = recipient;
        this.arrival = arrival;
    }

    Client client() {
        return recipient.client();
    }

    AuthorizationRequest finish() {
        return new AuthorizationRequest(
                recipient,
                parameters,
                arrival,
                responseType,
                new AuthorizationRequest.Wanted(scope, audience, claims),
                new AuthorizationRequest.Conditions(prompts, maxAge, subject),
                codeChallenge,
                nonce,
                key);
    }
}
