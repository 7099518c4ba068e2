package dev.latchkey.server.page;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;

/** The words of the pages in one language. Immutable. */
public final class Language {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final Locale locale;
    private final Map<String, String> words;

    Language(Locale locale, Map<String, String> words) {
        this.locale = locale;
        this.words = Map.copyOf(words);
    }

    /** The language tag (BCP 47). */
    public String tag() {
        return locale.toLanguageTag();
    }

    /** Whether there are words of this name. */
    public boolean has(String key) {
        return words.containsKey(key);
    }

    /** The words of this name, with the arguments put in. Plain text, to be escaped as any other. */
    public String text(String key, Object... arguments) {
        String pattern = words.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no words for " + key);
        }
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
    }

    /** How long ago something was, or its day where that is more than a week. */
    String ago(Instant instant, Instant now) {
        Duration past = Duration.between(instant, now);
        if (past.compareTo(MINUTE) < 0) {
            return text("time.now");
        }
        if (past.compareTo(HOUR) < 0) {
            return text("time.minutes", past.toMinutes());
        }
        if (past.compareTo(DAY) < 0) {
            return text("time.hours", past.toHours());
        }
        if (past.compareTo(WEEK) < 0) {
            return text("time.days", past.toDays());
        }
        return text("time.date", date(instant));
    }

    /** The day, in words. */
    String date(Instant instant) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    /** A wait in words: seconds below two minutes, minutes above, always rounded up. */
    String wait(Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return seconds < 120 ? text("wait.seconds", seconds) : text("wait.minutes", (seconds + 59) / 60);
    }
}
