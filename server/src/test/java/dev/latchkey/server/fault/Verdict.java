package dev.latchkey.server.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link HistoryChecker} thinks of a history.
 *
 * @param findings what must not be; empty if all is well
 * @param errors how many answers of each kind clients got that were no answer to what they asked, as {@code 503}
 * @param availability how long nobody was served
 * @param operations how many requests there were
 */
record Verdict(List<Finding> findings, Map<String, Long> errors, Availability availability, long operations) {
    /**
     * How long writes had to wait.
     *
     * @param back from the fault until the end of the longest time, of two seconds or more, in which no write was acknowledged;
     *     zero if there was no such time, empty if there was no write after the fault
     * @param backForAll from the fault until every client that went on had one
     * @param longestGap the longest time in which no client at all had a write acknowledged
     */
    record Availability(Optional<Duration> back, Optional<Duration> backForAll, Duration longestGap) {}

    long count(Finding.Harm harm) {
        return findings.stream().filter(finding -> finding.harm() == harm).count();
    }
}
