package dev.latchkey.guard;

import dev.latchkey.guard.StatusLists.Polling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One status list and its last good copy. Safe for many threads. */
final class PolledList {
    private static final System.Logger LOG = System.getLogger(PolledList.class.getName());
    /** How long after the last token that referred to it a list is not polled any more. */
    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    private final URI uri;
    private final Polling polling;
    private final InstantSource clock;
    private final CompletableFuture<Void> firstTry;

    private volatile @Nullable Copy copy;
    private volatile Instant usedAt;
    private volatile boolean failing;
    private @Nullable CompletableFuture<Void> inFlight;

    private record Copy(StatusList list, @Nullable String etag, Instant confirmedAt) {}

    /** Begins to fetch. */
    PolledList(URI uri, Polling polling, InstantSource clock) {
        this.uri = uri;
        this.polling = polling;
        this.clock = clock;
        this.usedAt = clock.instant();
        this.firstTry = refresh();
    }

    /** The last good copy, waiting for the very first; null if there was none. */
    @Nullable
    StatusList copy(Instant now) {
        usedAt = now;
        Copy known = copy;
        if (known == null && !firstTry.isDone()) {
            awaitFirst();
            known = copy;
        }
        return known == null ? null : known.list();
    }

    private void awaitFirst() {
        try {
            firstTry.get(polling.http().timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // told by its absence
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isConfirmedWithin(Duration age, Instant now) {
        Copy known = copy;
        return known != null && !now.isAfter(known.confirmedAt().plus(age));
    }

    boolean isForgotten(Instant now) {
        return now.isAfter(usedAt.plus(REMEMBERED));
    }

    /** Begins to fetch unless that goes on already. */
    void poll() {
        CompletableFuture<Void> unused = refresh();
    }

    /** Joins the fetch that goes on, or begins one; it never fails. */
    private synchronized CompletableFuture<Void> refresh() {
        CompletableFuture<Void> going = inFlight;
        if (going != null) {
            return going;
        }
        CompletableFuture<Void> fetch = new CompletableFuture<>();
        inFlight = fetch;
        CompletableFuture<Copy> unused = begin().whenComplete((fetched, failure) -> {
            settle(fetched, failure);
            fetch.complete(null);
        });
        return fetch;
    }

    private CompletableFuture<Copy> begin() {
        try {
            Instant asked = clock.instant();
            Copy known = copy;
            Copy valid = known != null && known.list().isValidAt(asked) ? known : null;
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/statuslist+jwt");
            if (valid != null && valid.etag() != null) {
                request.header("If-None-Match", valid.etag());
            }
            return polling.http().send(request, StatusList.MAX_TEXT).thenApply(answer -> read(answer, valid, asked));
        } catch (RuntimeException | Error e) { // no thread to be had, for instance: it will be tried again
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @param asked when: what was revoked later is not in the answer */
    private Copy read(Http.Answer answer, @Nullable Copy known, Instant asked) {
        if (answer.status() == 304 && known != null) {
            return new Copy(known.list(), known.etag(), asked);
        }
        try {
            StatusList list = StatusLists.read(Http.body(answer, uri), uri, polling.verifier());
            Copy last = copy;
            if (last != null && list.isOlderThan(last.list())) {
                throw new CompletionException(
                        new IOException(uri + " answered with a list that is older than the last one"));
            }
            return new Copy(list, answer.headers().firstValue("ETag").orElse(null), asked);
        } catch (RefusedException e) {
            throw new CompletionException(e);
        }
    }

    private synchronized void settle(@Nullable Copy fetched, @Nullable Throwable failure) {
        inFlight = null;
        if (fetched != null) {
            if (failing) {
                LOG.log(System.Logger.Level.INFO, "the status list " + uri + " can be had again");
            }
            failing = false;
            copy = fetched;
        } else if (failure != null && !failing) {
            failing = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the status list " + uri + " cannot be had" + (copy == null ? "" : ", its last copy counts on")
                            + ": " + Http.reason(failure));
        }
    }
}
