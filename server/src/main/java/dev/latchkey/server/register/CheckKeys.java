package dev.latchkey.server.register;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.server.client.ClientKeySet;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientMetadata.Jose;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes public keys, given in one way, and where something needs them (OpenID Connect Registration §2, RFC 7591 §2). */
final class CheckKeys implements MetadataCheck {
    private static final String JWKS = "jwks";
    /** The members that only their owner may see (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    @Override
    public void check(ClientMetadata metadata) {
        AuthenticationMethod method = metadata.authenticationMethod();
        Jose jose = metadata.jose();
        if (jose.jwks().isPresent() && jose.jwksUri().isPresent()) {
            throw InvalidMetadata.of(JWKS, "is given, and jwks_uri too: one of them");
        }
        boolean hasKeys = jose.jwks().isPresent() || jose.jwksUri().isPresent();
        if (method == AuthenticationMethod.PRIVATE_KEY_JWT && !hasKeys) {
            throw InvalidMetadata.of(JWKS, "is missing, and jwks_uri too: private_key_jwt needs one of them");
        }
        boolean encrypts = jose.idToken().encryption().isPresent()
                || jose.userInfo().encryption().isPresent();
        if (encrypts && !hasKeys) {
            throw InvalidMetadata.of(JWKS, "is missing, and jwks_uri too: there is no key to encrypt to");
        }
        checkAlgorithm(method, jose.assertionAlgorithm());
        jose.jwks().ifPresent(jwks -> check(jwks, metadata));
    }

    private static void checkAlgorithm(AuthenticationMethod method, Optional<Algorithm> algorithm) {
        if (algorithm.isPresent() && !ClientAssertions.algorithms(method).contains(algorithm.get())) {
            throw InvalidMetadata.of(
                    "token_endpoint_auth_signing_alg", "does not go with token_endpoint_auth_method " + method);
        }
    }

    private static void check(Map<String, Object> jwks, ClientMetadata metadata) {
        ClientKeySet keys = parse(jwks);
        if (keys.members().stream().anyMatch(key -> PRIVATE_MEMBERS.stream().anyMatch(key::containsKey))) {
            throw InvalidMetadata.of(JWKS, "has a private key or a secret, which has to stay where it was made");
        }
        Optional<Algorithm> wanted = metadata.jose().assertionAlgorithm();
        boolean proves = ClientAssertions.algorithms(metadata.authenticationMethod()).stream()
                .filter(algorithm -> wanted.orElse(algorithm) == algorithm)
                .anyMatch(algorithm -> !keys.verifying(null, algorithm).isEmpty());
        if (metadata.authenticationMethod() == AuthenticationMethod.PRIVATE_KEY_JWT && !proves) {
            throw InvalidMetadata.of(JWKS, "has no key that an assertion of the client could be verified with");
        }
    }

    private static ClientKeySet parse(Map<String, Object> jwks) {
        try {
            return ClientKeySet.parse(Json.write(jwks));
        } catch (IllegalArgumentException _) {
            throw InvalidMetadata.of(JWKS, "is no JWK Set");
        }
    }
}
