package dev.latchkey.server.outbound;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A document that another server gave with status 200.
 *
 * @param uri where it came from
 * @param contentType as the server named it, in lower case and without parameters
 * @param body its bytes, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutboundDocument(URI uri, Optional<String> contentType, byte[] body) {
    /** The body as UTF-8, in which JSON is always sent (RFC 8259 §8.1). */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "OutboundDocument[" + body.length + " bytes]";
    }
}
