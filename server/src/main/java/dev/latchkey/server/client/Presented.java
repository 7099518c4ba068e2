package dev.latchkey.server.client;

import dev.latchkey.server.http.Authorization;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.UnverifiedToken;
import java.util.Optional;

/** What a request presents to say which client it comes from, and to prove it. Nothing of it is checked yet. */
sealed interface Presented {
    String clientId();

    /** Only the name, as a public client does. */
    record Name(String clientId) implements Presented {}

    /** A secret, in the Basic header or in the body. */
    record Secret(String clientId, String secret, AuthenticationMethod method) implements Presented {
        @Override
        public String toString() {
            return "Secret[" + clientId + "]";
        }
    }

    /** A signed assertion (RFC 7521 §4.2). */
    record Assertion(String clientId, String assertion) implements Presented {
        @Override
        public String toString() {
            return "Assertion[" + clientId + "]";
        }
    }

    /**
     * What the request presents; empty where it names no client.
     *
     * @throws OAuthException {@code invalid_request} where it authenticates in two ways or names two clients, {@code
     *     invalid_client} where a proof comes without a name
     */
    static Optional<Presented> in(Request request, Parameters parameters) {
        Optional<Presented> basic = basic(request);
        Optional<Presented> assertion = assertion(parameters);
        Optional<String> secret = parameters.first("client_secret");
        int ways = (basic.isPresent() ? 1 : 0) + (assertion.isPresent() ? 1 : 0) + (secret.isPresent() ? 1 : 0);
        if (ways > 1) { // RFC 6749 §2.3: not more than one method in a request
            throw new OAuthException(OAuthError.invalidRequest("The client authenticates in two ways"));
        }
        Optional<String> clientId = parameters.first("client_id");
        Optional<Presented> other = basic.or(() -> assertion);
        if (other.isPresent()) {
            String named = other.get().clientId();
            if (!clientId.orElse(named).equals(named)) { // RFC 7521 §4.2
                throw new OAuthException(OAuthError.invalidRequest("The request names two clients"));
            }
            return other;
        }
        if (secret.isPresent()) {
            String id = clientId.orElseThrow(() -> ClientAuthenticator.refused("no_client"));
            return Optional.of(new Secret(id, secret.get(), AuthenticationMethod.CLIENT_SECRET_POST));
        }
        return clientId.map(Name::new);
    }

    private static Optional<Presented> basic(Request request) {
        // login forms of API pages send an empty name and secret when their fields are left empty
        if (!(request.authorization() instanceof Authorization.Basic basic)
                || (basic.username().isEmpty() && basic.password().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                basic.password().isEmpty()
                        ? new Name(basic.username())
                        : new Secret(basic.username(), basic.password(), AuthenticationMethod.CLIENT_SECRET_BASIC));
    }

    private static Optional<Presented> assertion(Parameters parameters) {
        if (!parameters.has("client_assertion") && !parameters.has("client_assertion_type")) {
            return Optional.empty();
        }
        String assertion =
                parameters.first("client_assertion").orElseThrow(() -> ClientAuthenticator.refused("no_assertion"));
        if (!parameters
                .first("client_assertion_type")
                .filter(ClientAssertions.TYPE::equals)
                .isPresent()) {
            throw ClientAuthenticator.refused("assertion_type");
        }
        return Optional.of(new Assertion(issuerOf(assertion), assertion));
    }

    /** Whose key to ask for; whether the rest goes with it is seen when the assertion is verified. */
    private static String issuerOf(String assertion) {
        try {
            Object issuer = UnverifiedToken.parse(assertion).claims().get("iss");
            return issuer instanceof String clientId ? clientId : "";
        } catch (TokenRefusedException e) {
            throw ClientAuthenticator.refused("assertion_malformed");
        }
    }
}
