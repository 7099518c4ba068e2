package dev.latchkey.client;

import java.util.List;
import java.util.regex.Pattern;

/** Tells an API's refusal of a token from its other refusals (RFC 6750 §3.1). For adapters. */
public final class InvalidToken {
    private static final Pattern ERROR =
            Pattern.compile("(?:^|[\\s,])error\\s*=\\s*\"?invalid_token\"?(?:$|[\\s,])", Pattern.CASE_INSENSITIVE);

    private InvalidToken() {}

    /**
     * Whether another token may help.
     *
     * @param status of the answer
     * @param challenges the values of its {@code WWW-Authenticate} headers
     */
    public static boolean isIn(int status, List<String> challenges) {
        return status == 401
                && challenges.stream()
                        .anyMatch(challenge -> ERROR.matcher(challenge).find());
    }
}
