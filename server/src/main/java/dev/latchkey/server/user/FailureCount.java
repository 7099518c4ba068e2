package dev.latchkey.server.user;

import java.time.Instant;

/**
 * Failed logins in a row.
 *
 * @param count at least 1
 * @param lastFailureAt when the last of them was
 */
public record FailureCount(int count, Instant lastFailureAt) {}
