package dev.latchkey.guard;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's published keys: fetched in the background every so often, and at once when a token names a key that is not
 * among them, though not more often than the cool-down allows. The last good ones count for as long as the issuer is down, or
 * answers with something else. Whoever sends tokens with made-up key names costs the issuer one request per cool-down, and this
 * API a bounded number of waiting requests.
 */
final class RemoteKeys implements Keys {
    private static final System.Logger LOG = System.getLogger(RemoteKeys.class.getName());
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_WAITING = 64;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private final Fetching fetching;
    private final ScheduledExecutorService background;
    private final InstantSource clock;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    private volatile @Nullable Fetched current;
    private @Nullable CompletableFuture<Fetched> inFlight;
    private @Nullable Instant lastAsked;
    private @Nullable ScheduledFuture<?> next;
    private volatile int failures;
    private boolean closed;

    /**
     * How keys are fetched.
     *
     * @param uri finds the address of the key set: a request of its own where it has to be discovered
     * @param every how often
     * @param cooldown the least time between two fetches for tokens with unknown keys
     */
    record Fetching(
            String issuer, Http http, Supplier<CompletableFuture<URI>> uri, Duration every, Duration cooldown) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Fetched(byte[] body, JwkSet keys) {}

    /** Begins to fetch. */
    RemoteKeys(Fetching fetching, ScheduledExecutorService background, InstantSource clock) {
        this.fetching = fetching;
        this.background = background;
        this.clock = clock;
        poll();
    }

    @Override
    public List<Jwk> find(@Nullable String keyId, Algorithm algorithm) {
        List<Jwk> keys = known(keyId, algorithm);
        boolean settled = true;
        // twice: a fetch that went on already may have been answered before the key was there
        for (int fetches = 0; keys.isEmpty() && settled && fetches < 2; fetches++) {
            settled = awaited(refreshNow(current == null ? FIRST_RETRY : fetching.cooldown()));
            keys = known(keyId, algorithm);
        }
        if (keys.isEmpty() && (!settled || failures > 0)) {
            // the token may be good: whoever sends it must not take it for worthless
            throw Challenges.unavailable("The keys of the issuer cannot be had at the moment", FIRST_RETRY);
        }
        return keys;
    }

    private List<Jwk> known(@Nullable String keyId, Algorithm algorithm) {
        Fetched known = current;
        return known == null ? List.of() : known.keys().find(keyId, algorithm);
    }

    @Override
    public Object basis() {
        Fetched known = current;
        return known == null ? this : known.keys();
    }

    /** The fetch that goes on, or one that begins now; null where a token has caused one a moment ago. */
    private synchronized @Nullable CompletableFuture<Fetched> refreshNow(Duration cooldown) {
        if (inFlight != null) {
            return inFlight;
        }
        Instant now = clock.instant();
        if (lastAsked != null && now.isBefore(lastAsked.plus(cooldown))) {
            return null;
        }
        lastAsked = now;
        return refresh();
    }

    /** Waits for the fetch, if there is one; false if that took too long or too many wait already. */
    private boolean awaited(@Nullable CompletableFuture<Fetched> fetch) {
        if (fetch == null) {
            return true;
        }
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            fetch.get(fetching.http().timeout().multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }

    private void poll() {
        CompletableFuture<Fetched> unused = refresh();
    }

    /** Joins the fetch that goes on, or begins one. */
    private synchronized CompletableFuture<Fetched> refresh() {
        CompletableFuture<Fetched> going = inFlight;
        if (going != null) {
            return going;
        }
        CompletableFuture<Fetched> fetch = new CompletableFuture<>();
        inFlight = fetch;
        CompletableFuture<Fetched> unused = begin().whenComplete((fetched, failure) -> {
            settle(fetched, failure);
            if (failure == null) {
                fetch.complete(fetched);
            } else {
                fetch.completeExceptionally(failure);
            }
        });
        return fetch;
    }

    /** The address that was given, else the one that discovery finds now. */
    static CompletableFuture<URI> address(Optional<URI> given, @Nullable Discovery discovery, String name) {
        return discovery == null ? CompletableFuture.completedFuture(given.orElseThrow()) : discovery.endpoint(name);
    }

    private CompletableFuture<Fetched> begin() {
        try {
            return fetching.uri().get().thenCompose(uri -> {
                Http http = fetching.http();
                return http.send(http.get(uri), MAX_BYTES).thenApply(answer -> read(Http.body(answer, uri), uri));
            });
        } catch (RuntimeException | Error e) { // no thread to be had, for instance: it will be tried again
            return CompletableFuture.failedFuture(e);
        }
    }

    private Fetched read(byte[] body, URI uri) {
        Fetched known = current;
        if (known != null && Arrays.equals(known.body(), body)) {
            return known; // the same object: what was judged by it stands
        }
        JwkSet keys;
        try {
            keys = JwkSet.parse(new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new CompletionException(new IOException(uri + " is no key set: " + e.getMessage()));
        }
        if (keys.keys().isEmpty()) {
            throw new CompletionException(new IOException(uri + " has no usable key: " + keys.ignored()));
        }
        return new Fetched(body, keys);
    }

    private synchronized void settle(@Nullable Fetched fetched, @Nullable Throwable failure) {
        inFlight = null;
        if (fetched != null) {
            if (failures > 0) {
                LOG.log(System.Logger.Level.INFO, "the keys of " + fetching.issuer() + " can be had again");
            }
            failures = 0;
            current = fetched;
            schedule(fetching.every());
            return;
        }
        if (failures == 0 && failure != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the keys of " + fetching.issuer() + " cannot be had"
                            + (current == null ? "" : ", the last ones count on") + ": " + Http.reason(failure));
        }
        failures++;
        schedule(retryAfter());
    }

    /** Twice as long after each failure in a row. */
    private Duration retryAfter() {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(fetching.every()) < 0 ? wait : fetching.every();
    }

    private void schedule(Duration delay) {
        if (next != null) {
            next.cancel(false);
        }
        if (!closed) {
            next = background.schedule(this::poll, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
