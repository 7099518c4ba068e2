package dev.latchkey.server.push;

import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.ClientId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An authorization request that a client has left with the server (RFC 9126 §2). Immutable; prints without its values.
 *
 * @param hash the SHA-256 of the secret part of its {@code request_uri} in hexadecimal
 * @param clientId who pushed it, and may use it
 * @param parameters as they were sent, without those that prove who the client is
 * @param expiresAt until when a browser has to come with it
 * @param begunAt when a user was first shown a page for it
 */
public record PushedRequest(
        String hash, ClientId clientId, Parameters parameters, Instant expiresAt, Optional<Instant> begunAt) {
    /** A login that began in time may take so long. */
    public static final Duration LOGIN_TAKES = Duration.ofMinutes(30);

    boolean isLive(Instant now) {
        return now.isBefore(begunAt.map(begun -> begun.plus(LOGIN_TAKES)).orElse(expiresAt));
    }

    @Override
    public String toString() {
        return "PushedRequest[" + clientId + ", " + parameters + "]";
    }
}
