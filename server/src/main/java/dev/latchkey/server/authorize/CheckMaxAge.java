package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code max_age}, or takes the client's {@code default_max_age} (OpenID Connect Registration §2). */
final class CheckMaxAge implements AuthorizationCheck {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");

    @Override
    public void check(Draft draft) {
        Optional<String> asked = draft.parameters.first("max_age");
        if (asked.isPresent() && !SECONDS.matcher(asked.get()).matches()) {
            throw new OAuthException(OAuthError.invalidRequest("The max_age is not a number of seconds"));
        }
        draft.maxAge = asked.map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .or(() -> draft.client().metadata().signIn().defaultMaxAge());
    }
}
