package dev.latchkey.client;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The token server cannot be asked now, or answers what is no answer. Later it may. */
public final class TokenUnavailableException extends TokenException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    TokenUnavailableException(String message, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    TokenUnavailableException(String message, @Nullable Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the server asked not to be asked again ({@code Retry-After}, RFC 9110 §10.2.3), if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    TokenException again() {
        return new TokenUnavailableException(String.valueOf(getMessage()), retryAfter, this);
    }
}
