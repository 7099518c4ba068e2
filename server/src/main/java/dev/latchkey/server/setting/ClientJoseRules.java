package dev.latchkey.server.setting;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.server.client.ClientKeySet;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientMetadata.Jose;
import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has to go together of a client's keys, secret and algorithms. */
final class ClientJoseRules {
    /** The members that only their owner may see (RFC 7518 §6.2.2, §6.3.2, §6.4.1). */
    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private ClientJoseRules() {}

    static void check(Section section, ClientMetadata metadata, Optional<String> secret) {
        AuthenticationMethod method = metadata.authenticationMethod();
        Jose jose = metadata.jose();
        checkKeys(section, jose);
        boolean hasKeys = jose.jwks().isPresent() || jose.jwksUri().isPresent();
        if (method == AuthenticationMethod.PRIVATE_KEY_JWT && !hasKeys) {
            section.refuse(
                    ClientOptionKeys.JWKS,
                    "is missing, and jwks_uri too: token_endpoint_auth_method private_key_jwt needs one of them");
        }
        boolean encrypted = jose.idToken().encryption().isPresent()
                || jose.userInfo().encryption().isPresent();
        if (encrypted && !hasKeys) {
            section.refuse(
                    ClientOptionKeys.JWKS, "is missing, and jwks_uri too: there is no key to encrypt its answers to");
        }
        Optional<Algorithm> algorithm = jose.assertionAlgorithm();
        if (algorithm.isPresent() && !ClientAssertions.algorithms(method).contains(algorithm.get())) {
            section.refuse(
                    ClientOptionKeys.ASSERTION_ALGORITHM,
                    algorithm.get() + " does not go with token_endpoint_auth_method " + method);
        }
        if (method == AuthenticationMethod.CLIENT_SECRET_JWT && secret.isPresent()) {
            checkSecret(
                    section,
                    secret.get(),
                    algorithm.filter(Algorithm::isSymmetric).orElse(Algorithm.HS256));
        }
    }

    private static void checkSecret(Section section, String secret, Algorithm algorithm) {
        if (!ClientSecret.isKeyFor(algorithm, secret.getBytes(StandardCharsets.UTF_8).length)) {
            section.refuse(
                    ClientKeys.CLIENT_SECRET,
                    "is too short to be a key of " + algorithm
                            + ", which has as many bytes as the hash (RFC 7518 §3.2)");
        }
    }

    private static void checkKeys(Section section, Jose jose) {
        if (jose.jwks().isEmpty()) {
            return;
        }
        if (jose.jwksUri().isPresent()) { // RFC 7591 §2
            section.refuse(ClientOptionKeys.JWKS, "is given, and jwks_uri too: one of them");
        }
        try {
            ClientKeySet keys = ClientKeySet.parse(Json.write(jose.jwks().get()));
            if (keys.members().stream().anyMatch(ClientJoseRules::isPrivate)) {
                section.refuse(ClientOptionKeys.JWKS, "has a private key or a secret: give the public keys alone");
            }
        } catch (IllegalArgumentException e) {
            section.refuse(ClientOptionKeys.JWKS, "is no JWK Set: " + e.getMessage());
        }
    }

    private static boolean isPrivate(Map<String, Object> key) {
        return PRIVATE_MEMBERS.stream().anyMatch(key::containsKey);
    }
}
