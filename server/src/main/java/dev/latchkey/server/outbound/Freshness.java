package dev.latchkey.server.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a document is kept without asking again: as its server says (RFC 9111 §4.2.1), but neither so briefly that every
 * login asks nor so long that a withdrawn key counts for days.
 */
final class Freshness {
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(24);

    /** Where the server says nothing. */
    static final Duration USUAL = Duration.ofMinutes(5);

    private static final Pattern MAX_AGE = Pattern.compile("max-age=\"?(\\d{1,18})\"?");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");

    private Freshness() {}

    static Duration of(AnswerHead head) {
        Duration lifetime = lifetime(head).orElse(USUAL);
        Duration left = lifetime.minus(age(head));
        if (left.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }

    private static Optional<Duration> lifetime(AnswerHead head) {
        Optional<Duration> maxAge = Optional.empty();
        for (String value : head.all("cache-control")) {
            for (String directive : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                String word = directive.strip();
                Matcher matcher = MAX_AGE.matcher(word);
                if (word.equals("no-store") || word.equals("no-cache") || word.startsWith("no-cache=")) {
                    return Optional.of(Duration.ZERO);
                }
                if (matcher.matches() && maxAge.isEmpty()) {
                    maxAge = Optional.of(Duration.ofSeconds(bounded(matcher.group(1))));
                }
            }
        }
        return maxAge.or(() -> untilExpiry(head));
    }

    /** A date that is none is in the past (RFC 9111 §5.3). */
    private static Optional<Duration> untilExpiry(AnswerHead head) {
        return head.only("expires")
                .map(expires -> date(expires)
                        .flatMap(end ->
                                head.only("date").flatMap(Freshness::date).map(begin -> Duration.between(begin, end)))
                        .orElse(Duration.ZERO));
    }

    private static Duration age(AnswerHead head) {
        return head.only("age")
                .filter(age -> SECONDS.matcher(age).matches())
                .map(age -> Duration.ofSeconds(bounded(age)))
                .orElse(Duration.ZERO);
    }

    private static long bounded(String seconds) {
        return Math.min(Long.parseLong(seconds), LONGEST.toSeconds());
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
