package dev.latchkey.server.push;

import java.time.Duration;

/**
 * What pushed authorization requests are bound by.
 *
 * @param lifetime from the push until the browser has to come with it
 * @param perClient how many a client may have that wait for a user, and as many for which one was shown a page
 * @param required whether every client has to push its requests (RFC 9126 §5)
 */
public record PushSettings(Duration lifetime, int perClient, boolean required) {}
