package dev.latchkey.server.client;

import dev.latchkey.server.protocol.ClientId;
import java.time.Instant;

/**
 * That a client registered itself, and by what it proves that to be its own (RFC 7592 §1).
 *
 * @param clientId which
 * @param tokenHash of its registration access token, as {@link ClientSecret#hash} made it
 * @param registeredAt when
 */
public record Registration(ClientId clientId, String tokenHash, Instant registeredAt) {
    @Override
    public String toString() {
        return "Registration[" + clientId + "]";
    }
}
