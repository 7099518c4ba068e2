package dev.latchkey.server.user;

import java.time.Duration;
import java.time.Instant;

/**
 * How failures in a row slow down the next try: the first ones cost nothing, the next a short wait that doubles with each,
 * up to the longest.
 *
 * @param free failures that cost nothing
 * @param firstDelay the wait after the last free one
 * @param longestDelay the wait that no number of failures exceeds, so that nobody is locked out for good
 * @param forgottenAfter how long after the last failure all are forgotten
 */
public record FailureLimit(int free, Duration firstDelay, Duration longestDelay, Duration forgottenAfter) {
    public FailureLimit {
        if (free < 1 || !firstDelay.isPositive() || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("the delays of a failure limit grow from a positive one");
        }
        if (forgottenAfter.compareTo(longestDelay) < 0) {
            throw new IllegalArgumentException("failures may not be forgotten before their delay is over");
        }
    }

    /** How long to wait from now, given what was counted; zero when a try is allowed. */
    Duration remaining(FailureCount failures, Instant now) {
        Duration delay = delayAfter(failures.count());
        Duration left = Duration.between(now, failures.lastFailureAt().plus(delay));
        // a failure from the future is one of a clock that was wrong, and must not lock anybody out until then
        boolean over = left.isNegative() || left.compareTo(longestDelay) > 0;
        return over ? Duration.ZERO : left;
    }

    private Duration delayAfter(int count) {
        if (count < free) {
            return Duration.ZERO;
        }
        int doublings = count - free;
        boolean longest =
                doublings >= Integer.SIZE || firstDelay.compareTo(longestDelay.dividedBy(1L << doublings)) > 0;
        return longest ? longestDelay : firstDelay.multipliedBy(1L << doublings);
    }
}
