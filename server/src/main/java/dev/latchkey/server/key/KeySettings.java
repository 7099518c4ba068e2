package dev.latchkey.server.key;

import dev.latchkey.token.Jwk;
import java.time.Duration;
import java.util.Optional;

/**
 * When keys change.
 *
 * @param rotateAfter how long a key signs until a new one does
 * @param publishBefore how long a key is published before it signs, so that those who cache the key set have it by then
 * @param keepAfter how long a key stays published after it has signed for the last time: at least as long as its tokens live
 * @param sharedSecret the HMAC key that APIs hold as well, where tokens are signed by shared secret; never published
 */
public record KeySettings(
        Duration rotateAfter, Duration publishBefore, Duration keepAfter, Optional<Jwk> sharedSecret) {
    public KeySettings {
        if (publishBefore.compareTo(rotateAfter) >= 0) {
            throw new IllegalArgumentException("a key would have to be published before the one it follows");
        }
    }
}
