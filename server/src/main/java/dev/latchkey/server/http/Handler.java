package dev.latchkey.server.http;

/**
 * An endpoint: answers a request. Called by many threads at once, each a virtual one, so it may block.
 *
 * <p>Throws {@link dev.latchkey.server.protocol.OAuthException} to refuse; every other exception becomes 500 or 503 and is
 * logged.
 */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
