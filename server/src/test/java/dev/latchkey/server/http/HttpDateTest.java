package dev.latchkey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDateTest {
    /** An IMF-fixdate, RFC 9110 §5.6.7. */
    static final String IMF_FIXDATE = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d"
            + " (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{4} \\d\\d:\\d\\d:\\d\\d GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1994-11-06T08:49:37Z[UTC] | Sun, 06 Nov 1994 08:49:37 GMT",
                "2026-03-01T01:02:03.999+05:45[Asia/Kathmandu] | Sat, 28 Feb 2026 19:17:03 GMT",
                "2026-12-31T23:59:59-08:00[America/Los_Angeles] | Fri, 01 Jan 2027 07:59:59 GMT",
            })
    void hasTwoDigitsForTheDayAndNamesGmtWhereverTheMachineIs(ZonedDateTime time, String text) {
        assertThat(HttpDate.format(time)).isEqualTo(text);
    }

    @Test
    void everyDayOfAYearIsReadBack() {
        ZonedDateTime begin = Instant.parse("2026-01-01T00:00:00Z").atZone(ZoneId.of("Asia/Tokyo"));
        for (int day = 0; day < 365; day++) {
            String text = HttpDate.format(begin.plusDays(day));
            assertThat(text).matches(IMF_FIXDATE);
            assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)))
                    .isEqualTo(begin.plusDays(day).toInstant());
        }
    }

    @Test
    void saysNow() {
        assertThat(new HttpDate().now()).matches(IMF_FIXDATE);
    }
}
