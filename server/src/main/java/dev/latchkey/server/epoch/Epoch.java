package dev.latchkey.server.epoch;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which a store has gone on without a break.
 *
 * @param number counts the epochs; the first is 0, and a store that was never restored has no other
 * @param beganAt nothing that was issued before counts; 1970 for the first
 * @param firstStatusIndex the smallest index of a status list that is given out in it
 * @param endedLists the status lists of the epoch before
 * @param isCopy whether this is a backup that was opened as it is: the next epoch has to begin before anything else
 */
public record Epoch(long number, Instant beganAt, long firstStatusIndex, Lists endedLists, boolean isCopy) {
    /** Status lists by their numbers: the first of them, and the first that is none of them. */
    public record Lists(long from, long to) {
        public boolean contains(long list) {
            return from <= list && list < to;
        }
    }

    /**
     * Whether something was issued before it began, by an {@code iat} of whole seconds: what was issued in the second in which it
     * began counts, or clients would be refused what they were given a moment ago.
     */
    public boolean isAfter(Instant issuedAt) {
        return issuedAt.getEpochSecond() < beganAt.getEpochSecond();
    }

    /** Whether something that was issued by another clock may have been issued before it began. */
    public boolean isAfter(Instant issuedAt, Duration clockSkew) {
        return number > 0 && isAfter(issuedAt.minus(clockSkew));
    }
}
