package dev.latchkey.server.register;

import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.protocol.OAuthException;

/** One rule for the metadata of a client that registers itself. */
interface MetadataCheck {
    /**
     * Checks.
     *
     * @throws OAuthException naming the member that cannot be accepted
     */
    void check(ClientMetadata metadata);
}
