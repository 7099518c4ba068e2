package dev.latchkey.server.token;

import dev.latchkey.token.Algorithm;
import java.time.Duration;
import java.util.Optional;

/**
 * How tokens are made.
 *
 * @param accessLifetime of an access token
 * @param refreshLifetime of a session, from its last use
 * @param sessionMaxLifetime of a session, from its login
 * @param refreshGrace in which a repeated refresh gets the same answer again
 * @param signingAlgorithm of tokens for clients whose metadata does not say otherwise
 * @param signingSecret the shared secret, exactly where the algorithm is HS256
 */
public record TokenSettings(
        Duration accessLifetime,
        Duration refreshLifetime,
        Duration sessionMaxLifetime,
        Duration refreshGrace,
        Algorithm signingAlgorithm,
        Optional<String> signingSecret) {
    /** The figures of the design. */
    public static final TokenSettings DEFAULT = new TokenSettings(
            Duration.ofMinutes(15),
            Duration.ofDays(30),
            Duration.ofDays(365),
            Duration.ofSeconds(10),
            Algorithm.ES256,
            Optional.empty());

    @Override
    public String toString() {
        return "TokenSettings[" + signingAlgorithm + ", access " + accessLifetime + ", refresh " + refreshLifetime
                + "]";
    }
}
