package dev.latchkey.server.setting;

import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.protocol.ClientId;
import java.util.Optional;

/**
 * A client of the configuration file.
 *
 * @param secret present exactly where its authentication method uses one
 */
public record ClientSettings(ClientId id, Optional<String> secret, ClientMetadata metadata) {
    @Override
    public String toString() {
        return "ClientSettings[" + id + "]";
    }
}
