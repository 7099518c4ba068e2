package dev.latchkey.guard;

import dev.latchkey.token.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that is refused, ready to be sent: status, headers, and a body of JSON with {@code error} and
 * {@code error_description} as in the challenge (RFC 6750 §3) and {@code detail}, the sentence that clients of FastAPI read.
 *
 * @param status 400, 401, 403 or 503
 * @param error the error code of the specification; null where no credentials were sent (RFC 6750 §3.1)
 * @param description what is wrong, a sentence for the developer of the client
 * @param detail the sentence for {@code detail}
 * @param challenges the values of {@code WWW-Authenticate}, a header each
 * @param retryAfter when to try again; null unless the status is 503
 */
public record RefusedAnswer(
        int status,
        @Nullable String error,
        String description,
        String detail,
        List<String> challenges,
        @Nullable Duration retryAfter) {

    /** A header of the answer. */
    public record Header(String name, String value) {}

    public RefusedAnswer {
        challenges = List.copyOf(challenges);
    }

    /** All headers, that of the body's type and one against caching included. */
    public List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        challenges.forEach(challenge -> headers.add(new Header("WWW-Authenticate", challenge)));
        if (retryAfter != null) {
            headers.add(new Header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
        }
        headers.add(new Header("Content-Type", "application/json"));
        headers.add(new Header("Cache-Control", "no-store"));
        return headers;
    }

    /** The body, in ASCII. */
    public String body() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (error != null) {
            members.put("error", error);
            members.put("error_description", description);
        }
        members.put("detail", detail);
        return Json.write(members);
    }
}
