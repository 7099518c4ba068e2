package dev.latchkey.server.register;

import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.protocol.Scope;

/** Takes scopes that a stranger's client may ask its users for. */
final class CheckScope implements MetadataCheck {
    private final Scope allowed;

    CheckScope(Scope allowed) {
        this.allowed = allowed;
    }

    @Override
    public void check(ClientMetadata metadata) {
        if (!allowed.containsAll(metadata.scope())) {
            throw InvalidMetadata.of("scope", "has a value that registered clients cannot have");
        }
    }
}
