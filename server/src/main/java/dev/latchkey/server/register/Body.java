package dev.latchkey.server.register;

import dev.latchkey.server.http.Request;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.util.Map;

/** The JSON object that a client describes itself by, bounded. */
final class Body {
    private static final int MAX_BYTES = 32 * 1024;

    private Body() {}

    static Map<String, Object> of(Request request) {
        if (request.body().length > MAX_BYTES) {
            throw new OAuthException(OAuthError.contentTooLarge());
        }
        return request.jsonObject();
    }
}
