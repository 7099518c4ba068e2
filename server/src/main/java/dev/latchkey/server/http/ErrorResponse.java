package dev.latchkey.server.http;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.token.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal as it is sent: JSON with {@code error}, {@code error_description} and {@code detail} (the same sentence, where a
 * FastAPI client looks for it), and the headers that go with it (RFC 6749 §5.2, RFC 6750 §3, RFC 9110 §10.2.3 and §11.6.1).
 */
public final class ErrorResponse {
    private ErrorResponse() {}

    public static Response of(OAuthError error) {
        List<HeaderField> headers = new ArrayList<>(2);
        error.challenge().ifPresent(scheme -> headers.add(challenge(scheme, error)));
        error.retryAfter()
                .ifPresent(wait -> headers.add(new HeaderField("Retry-After", Long.toString(wholeSeconds(wait)))));
        return Response.refusal(error, Json.write(members(error)).getBytes(StandardCharsets.UTF_8), headers);
    }

    private static Map<String, Object> members(OAuthError error) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!error.code().isEmpty()) {
            members.put("error", error.code());
            members.put("error_description", error.description());
        }
        members.put("detail", error.description());
        return members;
    }

    /** A 401 always says how to authenticate (RFC 9110 §15.5.2), a 403 of RFC 6750 §3.1 says what is missing. */
    private static HeaderField challenge(String scheme, OAuthError error) {
        String separator = scheme.indexOf(' ') < 0 ? " " : ", ";
        String value = switch (scheme) {
            case "Basic" -> "Basic realm=\"latchkey\", charset=\"UTF-8\""; // RFC 7617 §2
            default ->
                error.code().isEmpty()
                        ? scheme // RFC 6750 §3.1: no error code for a request without credentials
                        : scheme + separator + "error=\"" + error.code() + "\", error_description=\""
                                + error.description() + "\"";
        };
        return new HeaderField("WWW-Authenticate", value);
    }

    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }
}
