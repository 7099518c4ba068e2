package dev.latchkey.token;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Verifier} finds keys: a {@link JwkSet}, or something that fetches one.
 *
 * <p>Implementations are safe for use by many threads. They find keys by name and algorithm only; nothing else that a
 * token says about its key is ever followed (RFC 8725 §3.10).
 */
@FunctionalInterface
public interface KeySource {
    /**
     * The keys that may have signed a token with these header parameters; none if there is no such key.
     *
     * @param keyId the token's {@code kid}, or null if it names none
     * @param algorithm the token's {@code alg}; each key returned is for it and no other
     */
    List<Jwk> find(@Nullable String keyId, Algorithm algorithm);
}
