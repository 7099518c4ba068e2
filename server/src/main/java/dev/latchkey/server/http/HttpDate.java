package dev.latchkey.server.http;

import io.helidon.http.DateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The value of {@code Date}: an IMF-fixdate (RFC 9110 §5.6.7), made once a second. The time is the web server's; its text is not,
 * which names the time zone of the machine, and days before the tenth with one digit. Safe for many threads.
 */
final class HttpDate {
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private volatile Written latest = written(DateTime.timestamp());

    private record Written(ZonedDateTime time, String text) {}

    /** The text of this second. */
    String now() {
        ZonedDateTime time = DateTime.timestamp();
        Written written = latest;
        if (!written.time().equals(time)) {
            written = written(time);
            latest = written;
        }
        return written.text();
    }

    static String format(ZonedDateTime time) {
        return IMF_FIXDATE.format(time);
    }

    private static Written written(ZonedDateTime time) {
        return new Written(time, format(time));
    }
}
