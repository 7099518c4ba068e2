package dev.latchkey.client;

import java.time.Duration;
import java.time.Instant;

/**
 * A token that was got.
 *
 * @param refreshAt from when on the next one is to be got, while this one still counts
 * @param expiresAt from when on it counts no more
 */
record AccessToken(String value, Instant refreshAt, Instant expiresAt) {
    /** A year: longer ones are for ever as far as a process is concerned. */
    private static final long MAX_SECONDS = 31_536_000;

    /**
     * A token that lives from the moment it was asked for, which is earlier than the server counts.
     *
     * @param lifetimeSeconds {@code expires_in}
     */
    static AccessToken of(String value, Instant askedAt, long lifetimeSeconds) {
        Duration lifetime = Duration.ofSeconds(Math.min(lifetimeSeconds, MAX_SECONDS));
        return new AccessToken(value, askedAt.plus(lifetime.multipliedBy(4).dividedBy(5)), askedAt.plus(lifetime));
    }

    boolean countsAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    boolean isDueAt(Instant now) {
        return !now.isBefore(refreshAt);
    }

    @Override
    public String toString() {
        return "AccessToken[until " + expiresAt + "]";
    }
}
