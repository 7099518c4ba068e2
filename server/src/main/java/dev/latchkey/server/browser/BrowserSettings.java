package dev.latchkey.server.browser;

import java.time.Duration;

/**
 * How long a browser stays signed in.
 *
 * @param idleLifetime from its last use
 * @param maxLifetime from its last login
 */
public record BrowserSettings(Duration idleLifetime, Duration maxLifetime) {}
