package dev.latchkey.client;

import dev.latchkey.token.Json;
import dev.latchkey.token.JsonException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint gave.
 *
 * @param lifetimeSeconds {@code expires_in}; a minute where it does not say (RFC 6749 §5.1)
 * @param refreshToken the next one, where there is one
 * @param issuedTokenType of an exchange (RFC 8693 §2.2.1)
 */
record TokenAnswer(
        String accessToken, long lifetimeSeconds, Optional<String> refreshToken, Optional<String> issuedTokenType) {
    private static final long UNSAID_SECONDS = 60;
    /** However long a server asks for: it may be back before. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    /** Errors that pass: RFC 6749 §4.1.2.1, and RFC 8628 §3.5. */
    private static final Set<String> PASSING = Set.of("temporarily_unavailable", "server_error", "slow_down");

    /** @throws TokenException if there is no token in it that can be sent */
    static TokenAnswer of(Http.Answer answer, URI from, Instant now) {
        Map<String, Object> members = members(answer);
        if (answer.status() == 200) {
            return token(members, from);
        }
        Object error = members.get("error");
        boolean denied = answer.status() == 400 || answer.status() == 401 || answer.status() == 403;
        if (denied && error instanceof String code && !PASSING.contains(code)) {
            throw new TokenDeniedException(printable(code), from + " gives no token: " + said(members, code));
        }
        throw unavailable(from + " answered " + answer.status(), retryAfter(answer, now));
    }

    private static Map<String, Object> members(Http.Answer answer) {
        try {
            return Json.parseObject(answer.body());
        } catch (JsonException e) {
            return Map.of();
        }
    }

    private static TokenAnswer token(Map<String, Object> members, URI from) {
        if (!(members.get("access_token") instanceof String value) || !isSendable(value)) {
            throw unavailable(from + " gave no access token", null);
        }
        if (!(members.get("token_type") instanceof String type) || !type.equalsIgnoreCase("Bearer")) {
            throw unavailable(from + " gave a token that is not a bearer token", null); // RFC 6749 §7.1
        }
        long seconds = members.get("expires_in") instanceof Long given ? Math.max(0, given) : UNSAID_SECONDS;
        return new TokenAnswer(value, seconds, text(members, "refresh_token"), text(members, "issued_token_type"));
    }

    private static Optional<String> text(Map<String, Object> members, String name) {
        return members.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** RFC 6750 §2.1: what goes into a header has no line breaks. */
    private static boolean isSendable(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static String said(Map<String, Object> members, String code) {
        String description = text(members, "error_description")
                .map(text -> " (" + text + ")")
                .orElse("");
        return printable(code + description);
    }

    /** RFC 6749 §5.2, and not more than fits in a line of a log. */
    private static String printable(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 200 ? plain.substring(0, 200) : plain;
    }

    static TokenUnavailableException unavailable(String message, @Nullable Duration retryAfter) {
        return new TokenUnavailableException(message, retryAfter);
    }

    /** RFC 9110 §10.2.3: seconds or a date. */
    private static @Nullable Duration retryAfter(Http.Answer answer, Instant now) {
        String value = answer.headers().firstValue("Retry-After").orElse("").trim();
        try {
            Duration wait = value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() ? null : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "TokenAnswer[" + lifetimeSeconds + " s]";
    }
}
