package dev.latchkey.guard;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.KeySource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the keys of an issuer come from. Safe for many threads. */
interface Keys extends KeySource, AutoCloseable {
    /** The keys as they are now; another object as soon as they are others. */
    Object basis();

    @Override
    void close();

    /** Keys that were given and never change. */
    static Keys fixed(JwkSet keys) {
        return new Keys() {
            @Override
            public List<Jwk> find(@Nullable String keyId, Algorithm algorithm) {
                return keys.find(keyId, algorithm);
            }

            @Override
            public Object basis() {
                return keys;
            }

            @Override
            public void close() {}
        };
    }
}
