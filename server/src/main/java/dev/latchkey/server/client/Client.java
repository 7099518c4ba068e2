package dev.latchkey.server.client;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.Origin;
import java.time.Instant;

/**
 * An application that asks for tokens.
 *
 * @param id its {@code client_id}
 * @param credential what is kept of its secret, of the kind that its authentication method needs
 * @param metadata what it may do
 * @param disabled whether every request of it is refused and every session at it has ended
 * @param origin who keeps this client up to date
 * @param createdAt since when there is this client without a break; sessions from before it have ended
 */
public record Client(
        ClientId id,
        Credential credential,
        ClientMetadata metadata,
        boolean disabled,
        Origin origin,
        Instant createdAt) {

    public Client {
        if (!credential.fits(metadata.authenticationMethod())) {
            throw new IllegalArgumentException(
                    "client " + id + ": " + credential + " does not fit " + metadata.authenticationMethod());
        }
    }

    public Client withDisabled(boolean newDisabled) {
        return new Client(id, credential, metadata, newDisabled, origin, createdAt);
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
