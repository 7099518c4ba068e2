package dev.latchkey.server.client;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.Origin;
import java.time.Instant;
import java.util.Optional;

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
        ClientMetadata metadata,
        boolean disabled,
        Origin origin,
        Instant createdAt) {

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
