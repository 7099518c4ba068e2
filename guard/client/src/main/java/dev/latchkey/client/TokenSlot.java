package dev.latchkey.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The place of one access token: which is there, whether the next one is being got, and how long not to ask after a failure.
 * At most one request is under way at any time. Safe for many threads.
 */
final class TokenSlot {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** Whoever refuses a token that is as young as that will refuse the next one too. */
    private static final Duration BETWEEN_INVALIDATIONS = Duration.ofSeconds(5);

    private final Supplier<AccessToken> fetch;
    private final InstantSource clock;
    private final Executor executor;
    private final Duration patience;

    private volatile @Nullable AccessToken held;
    private @Nullable CompletableFuture<AccessToken> flight;
    private @Nullable Failure failure;
    private @Nullable Instant lastInvalidation;

    /** What went wrong last, how often in a row, and from when on it may be tried again. */
    private record Failure(TokenException exception, int times, Instant retryAt) {}

    /**
     * @param fetch gets a token, or throws a {@link TokenException}
     * @param patience how long a caller waits at most
     */
    TokenSlot(Supplier<AccessToken> fetch, InstantSource clock, Executor executor, Duration patience) {
        this.fetch = fetch;
        this.clock = clock;
        this.executor = executor;
        this.patience = patience;
    }

    /** @throws TokenException if there is none and none can be got */
    String token() {
        Instant now = clock.instant();
        AccessToken token = held;
        if (token == null || !token.countsAt(now)) {
            return await(flight(now)).value();
        }
        if (token.isDueAt(now)) {
            refreshInBackground(now);
        }
        return token.value();
    }

    private void refreshInBackground(Instant now) {
        CompletableFuture<AccessToken> unused = flight(now); // waited for by whoever comes after the old one
    }

    /** The request that is under way, or a new one, or what there is no need to ask for. */
    private CompletableFuture<AccessToken> flight(Instant now) {
        CompletableFuture<AccessToken> begun = new CompletableFuture<>();
        synchronized (this) {
            AccessToken token = held;
            if (flight != null) {
                return flight;
            }
            if (token != null && token.countsAt(now) && !token.isDueAt(now)) {
                return CompletableFuture.completedFuture(token); // got by somebody else meanwhile
            }
            if (failure != null && now.isBefore(failure.retryAt())) {
                return CompletableFuture.failedFuture(failure.exception());
            }
            flight = begun;
        }
        try {
            executor.execute(() -> fly(begun));
        } catch (RuntimeException | Error e) {
            failed(begun, new TokenUnavailableException("no thread to get a token on", null, e));
        }
        return begun;
    }

    private void fly(CompletableFuture<AccessToken> future) {
        try {
            AccessToken token = fetch.get();
            synchronized (this) {
                held = token;
                failure = null;
                flight = null;
            }
            future.complete(token);
        } catch (TokenException e) {
            failed(future, e);
        } catch (RuntimeException | Error e) {
            failed(
                    future,
                    new TokenUnavailableException(
                            "no token, by a " + e.getClass().getSimpleName(), null, e));
        }
    }

    private void failed(CompletableFuture<AccessToken> future, TokenException exception) {
        synchronized (this) {
            int times = failure == null ? 1 : failure.times() + 1;
            if (exception instanceof LoginEndedException) {
                held = null;
                failure = new Failure(exception, times, Instant.MAX);
            } else {
                failure = new Failure(exception, times, clock.instant().plus(pause(exception, times)));
            }
            flight = null;
        }
        future.completeExceptionally(exception);
    }

    private static Duration pause(TokenException exception, int times) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 10));
        Duration pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        if (exception instanceof TokenUnavailableException unavailable) {
            Duration asked = unavailable.retryAfter().orElse(Duration.ZERO);
            return asked.compareTo(pause) > 0 ? asked : pause;
        }
        return pause;
    }

    /** Forgets the token if it is this one, unless that was done a moment ago. */
    synchronized void invalidate(String value) {
        AccessToken token = held;
        Instant now = clock.instant();
        boolean again = lastInvalidation != null && now.isBefore(lastInvalidation.plus(BETWEEN_INVALIDATIONS));
        if (token != null && token.value().equals(value) && !again) {
            held = null;
            lastInvalidation = now;
        }
    }

    private AccessToken await(CompletableFuture<AccessToken> future) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TokenException known
                    ? known.again()
                    : new TokenUnavailableException("no token", null, e);
        } catch (TimeoutException e) {
            throw new TokenUnavailableException("no token in " + patience.toMillis() + " ms", null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenUnavailableException("interrupted while waiting for a token", null, e);
        }
    }
}
