package dev.latchkey.guard;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a caller from claims.
 *
 * @param scopes the claim with the scopes, a string with spaces (RFC 9068 §2.2.3) or a list
 * @param roles the claim with the roles (RFC 9068 §2.2.3.1), a member within it after each dot
 */
record CallerClaims(String scopes, String roles) {
    private static final long LAST_SECOND = 253_402_300_799L;
    static final CallerClaims STANDARD = new CallerClaims("scope", "roles");

    Caller caller(String subject, Map<String, Object> claims, Optional<Instant> expiresAt) {
        return new Caller(subject, words(claims.get(scopes)), roles(claims), claims, expiresAt);
    }

    /** Seconds since 1970 up to the year 9999, as tokens have them; empty if it is anything else. */
    static Optional<Instant> time(@Nullable Object value) {
        return value instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    private Set<String> roles(Map<String, Object> claims) {
        Object value = claims.get(roles);
        if (value == null && roles.indexOf('.') > 0) {
            value = claims;
            for (String member : roles.split("\\.", -1)) {
                value = value instanceof Map<?, ?> object ? object.get(member) : null;
            }
        }
        return value instanceof List<?> list ? strings(list) : words(value);
    }

    private static Set<String> words(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return strings(list);
        }
        if (!(value instanceof String text) || text.isEmpty()) {
            return Set.of();
        }
        Set<String> words = new LinkedHashSet<>(Arrays.asList(text.split(" ", -1)));
        words.remove("");
        return words;
    }

    private static Set<String> strings(List<?> list) {
        Set<String> strings = new LinkedHashSet<>();
        for (Object each : list) {
            if (each instanceof String text) {
                strings.add(text);
            }
        }
        return strings;
    }
}
