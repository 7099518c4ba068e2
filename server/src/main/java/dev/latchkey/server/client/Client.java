package dev.latchkey.server.client;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An application that asks for tokens.
 *
 * @param id its {@code client_id}
 * @param secretHash as {@link ClientSecret#hash} made it; present exactly where the authentication method uses a secret
 * @param metadata what it may do
 * @param disabled whether every request of it is refused and every session at it has ended
 * @param origin who keeps this client up to date
 * @param createdAt since when there is this client without a break; sessions from before it have ended
 */
public record Client(
        ClientId id,
        Optional<String> secretHash,
        Metadata metadata,
        boolean disabled,
        Origin origin,
        Instant createdAt) {

    /**
     * Client metadata by the names of RFC 7591 §2.
     *
     * @param clientName shown to people
     * @param redirectUris compared exactly, but for the port of a loopback address
     * @param grantTypes the grants it may use at the token endpoint
     * @param authenticationMethod {@code token_endpoint_auth_method}
     * @param scope all it may ask for; what it gets when it asks for nothing
     * @param audience the resources it may ask for (RFC 8707); empty for the issuer's own
     * @param requirePkce whether a code is only given with a challenge (RFC 7636)
     */
    public record Metadata(
            String clientName,
            List<String> redirectUris,
            Set<GrantType> grantTypes,
            AuthenticationMethod authenticationMethod,
            Scope scope,
            List<String> audience,
            boolean requirePkce) {
        public Metadata {
            redirectUris = List.copyOf(redirectUris);
            grantTypes = Set.copyOf(grantTypes);
            audience = List.copyOf(audience);
        }
    }

    public Client {
        boolean usesSecret = metadata.authenticationMethod() != AuthenticationMethod.NONE;
        if (usesSecret != secretHash.isPresent()) {
            throw new IllegalArgumentException("client " + id + ": " + metadata.authenticationMethod()
                    + (usesSecret ? " needs a secret" : " has no secret"));
        }
    }

    public Client withDisabled(boolean newDisabled) {
        return new Client(id, secretHash, metadata, newDisabled, origin, createdAt);
    }

    @Override
    public String toString() {
        return "Client[" + id + "]";
    }

    /** Whether it can keep a secret (RFC 6749 §2.1). */
    public boolean isConfidential() {
        return metadata.authenticationMethod() != AuthenticationMethod.NONE;
    }

    public boolean mayUse(GrantType grantType) {
        return metadata.grantTypes().contains(grantType);
    }
}
