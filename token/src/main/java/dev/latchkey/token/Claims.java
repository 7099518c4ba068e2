package dev.latchkey.token;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the registered claims, the same for tokens that are made and that are read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1">RFC 7519 §4.1</a>
 */
final class Claims {
    private static final List<String> TEXTS = List.of("iss", "sub", "jti");
    private static final List<String> TIMES = List.of("exp", "nbf", "iat");
    /** The last second of the year 9999; what is beyond is a mistake or an attack on the arithmetic. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final BigDecimal LAST = BigDecimal.valueOf(LAST_SECOND);

    private Claims() {}

    /** What is wrong with the claims, or null. */
    static @Nullable String defect(Map<String, ?> claims) {
        for (String name : TEXTS) {
            if (claims.containsKey(name) && !(claims.get(name) instanceof String)) {
                return "the claim " + name + " is not a string";
            }
        }
        for (String name : TIMES) {
            if (claims.containsKey(name) && !isTime(claims.get(name))) {
                return "the claim " + name + " is not a time in seconds since 1970";
            }
        }
        if (claims.containsKey("aud") && !isAudience(claims.get("aud"))) {
            return "the claim aud is neither a string nor a list of strings";
        }
        return null;
    }

    static @Nullable Instant time(Map<String, ?> claims, String name) {
        Object value = claims.get(name);
        if (value instanceof Long seconds) {
            return Instant.ofEpochSecond(seconds);
        }
        if (value instanceof BigDecimal decimal) {
            BigDecimal seconds = decimal.setScale(9, RoundingMode.FLOOR);
            long nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).longValueExact();
            return Instant.ofEpochSecond(seconds.longValue(), nanos);
        }
        return null;
    }

    static List<String> strings(Map<String, ?> claims, String name) {
        Object value = claims.get(name);
        if (value instanceof String text) {
            return List.of(text);
        }
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    private static boolean isTime(@Nullable Object value) {
        return (value instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND)
                || (value instanceof BigDecimal decimal && decimal.signum() >= 0 && decimal.compareTo(LAST) <= 0);
    }

    private static boolean isAudience(@Nullable Object value) {
        return value instanceof String
                || (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
    }
}
