package dev.latchkey.server.discovery;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.key.KeyRing;
import java.time.Duration;

/** {@code /jwks}: the public keys that verify this issuer's tokens, now and after the next rotation (RFC 7517 §5). */
public final class KeySetEndpoint implements Handler {
    private final KeyRing keys;
    private final String cacheControl;

    /**
     * Serves the key set.
     *
     * @param keys whose public part is told
     * @param cachedFor how long a reader may keep it: no longer than a key is published before it signs
     */
    public KeySetEndpoint(KeyRing keys, Duration cachedFor) {
        this.keys = keys;
        this.cacheControl = "public, max-age=" + cachedFor.toSeconds();
    }

    @Override
    public Response handle(Request request) {
        return Response.json(keys.published().toPublicMap()).withHeader("Cache-Control", cacheControl);
    }
}
