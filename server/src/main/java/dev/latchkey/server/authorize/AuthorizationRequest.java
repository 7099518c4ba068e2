package dev.latchkey.server.authorize;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.user.StandardClaims;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An authorization request that has passed every check (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1). Immutable.
 *
 * @param recipient who gets the answer
 * @param parameters as they were sent, or pushed
 * @param arrival how it has come
 * @param responseType what the answer carries
 * @param wanted what the client would have
 * @param conditions what the login has to fulfil
 * @param codeChallenge the S256 challenge, if there is one
 * @param nonce for the ID token, if there is one
 * @param key that the redemption of the code has to prove, if there is one
 */
record AuthorizationRequest(
        Recipient recipient,
        Parameters parameters,
        Arrival arrival,
        ResponseType responseType,
        Wanted wanted,
        Conditions conditions,
        Optional<String> codeChallenge,
        Optional<String> nonce,
        Optional<KeyThumbprint> key) {

    /**
     * What the client would have.
     *
     * @param claims asked for one by one
     */
    public record Wanted(Scope scope, List<String> audience, RequestedClaims claims) {
        public Wanted {
            audience = List.copyOf(audience);
        }

        /** What the user has to allow: a claim that is asked for by itself counts as the scope that it belongs to. */
        public Scope toBeAllowed() {
            Set<String> tokens = new LinkedHashSet<>(scope.tokens());
            Stream.of(claims.userInfoNames(), claims.idTokenNames())
                    .flatMap(Set::stream)
                    .flatMap(name -> StandardClaims.scopeOf(name).stream())
                    .forEach(tokens::add);
            return new Scope(tokens);
        }
    }

    /**
     * What the login has to fulfil.
     *
     * @param maxAge since the user proved who they are, at most
     * @param subject the {@code sub} that the user has to have at this client, if only one will do
     */
    public record Conditions(Set<Prompt> prompts, Optional<Duration> maxAge, Optional<String> subject) {
        public Conditions {
            prompts = Set.copyOf(prompts);
        }

        boolean asks(Prompt prompt) {
            return prompts.contains(prompt);
        }
    }

    public Client client() {
        return recipient.client();
    }

    /** The languages that the user would like, the most wanted first. */
    public List<String> uiLocales() {
        return parameters
                .first("ui_locales")
                .map(text -> List.of(text.split(" ", 20)))
                .orElse(List.of());
    }
}
