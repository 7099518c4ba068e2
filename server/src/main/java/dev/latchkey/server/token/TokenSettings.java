package dev.latchkey.server.token;

import dev.latchkey.token.Algorithm;
import java.time.Duration;
import java.util.Optional;

/**
 * How long what is issued lives, and what signs it.
 *
 * @param accessLifetime of an access token
 * @param refreshLifetime of a session, from its last use
 * @param sessionMaxLifetime of a session, from its login; at least {@code refreshLifetime}
 * @param authorizationCodeLifetime at most 60 seconds
 * @param refreshGrace within which a repeated refresh gets the same answer again
 * @param signingAlgorithm signs tokens unless a client's metadata says otherwise
 * @param sharedSecret the key of the HS algorithms, at least as long as their hash; present exactly with one of them
 * @param statusList whether access tokens of sessions refer to a status list, and the lists are served
 * @param dpopNonces whether DPoP proofs have to have a nonce
 */
public record TokenSettings(
        Duration accessLifetime,
        Duration refreshLifetime,
        Duration sessionMaxLifetime,
        Duration authorizationCodeLifetime,
        Duration refreshGrace,
        Algorithm signingAlgorithm,
        Optional<String> sharedSecret,
        boolean statusList,
        boolean dpopNonces) {

    @Override
    public String toString() {
        return "TokenSettings[" + signingAlgorithm + ", " + accessLifetime + ", " + refreshLifetime + "]";
    }
}
