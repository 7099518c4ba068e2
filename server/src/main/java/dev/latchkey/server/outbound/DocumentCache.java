package dev.latchkey.server.outbound;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Documents that were fetched, for as long as they are fresh; failures, briefly. One thread at a time asks for a URL and the
 * others wait for its answer. Bounded in entries and bytes: what was not used for longest goes first. Safe for use by many
 * threads.
 */
final class DocumentCache {
    /** After a question, the next one for the same URL waits this long, whatever a caller wants. */
    static final Duration COOL_DOWN = Duration.ofSeconds(30);

    /** How long a document whose server has trouble is still good after its time. */
    static final Duration STALE_IF_ERROR = Duration.ofMinutes(10); // RFC 5861 §4

    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int ENTRY_OVERHEAD = 1024;

    private final Source source;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<URI, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<URI, CompletableFuture<Entry>> underWay = new HashMap<>();
    private long bytes;

    DocumentCache(Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /** Where documents come from. */
    interface Source {
        /** Fetches anew; if the document still is the known one, the known one with its freshness renewed. */
        Fetched fetch(URI uri, Optional<Fetched> known) throws OutboundException;
    }

    /** What is known of a URL: the last document, the last failure, or both. */
    private record Entry(
            Optional<Fetched> fetched,
            Instant freshUntil,
            Instant asked,
            @Nullable OutboundException failure) {
        boolean mayAnswer(Instant now, boolean wantedAgain) {
            boolean isCoolingDown = now.isBefore(asked.plus(COOL_DOWN));
            return isCoolingDown || (!wantedAgain && failure == null && now.isBefore(freshUntil));
        }

        /** That this server was busy says nothing about the document. */
        boolean isWorthKeeping() {
            return failure == null || failure.reason() != OutboundException.Reason.BUSY;
        }

        OutboundDocument answer(Instant now) throws OutboundException {
            if (failure == null || now.isBefore(freshUntil.plus(STALE_IF_ERROR))) {
                return fetched.orElseThrow().document();
            }
            throw failure.again();
        }

        int weight() {
            return ENTRY_OVERHEAD
                    + fetched.map(document -> document.document().body().length).orElse(0);
        }
    }

    /** The document, fetched if there is none that is fresh. */
    OutboundDocument get(URI uri) throws OutboundException {
        return answer(uri, false);
    }

    /** The document, fetched even if there is a fresh one, unless it was asked for within the cool-down. */
    OutboundDocument getAgain(URI uri) throws OutboundException {
        return answer(uri, true);
    }

    private OutboundDocument answer(URI uri, boolean again) throws OutboundException {
        CompletableFuture<Entry> answer = new CompletableFuture<>();
        Optional<Entry> known;
        CompletableFuture<Entry> other;
        lock.lock();
        try {
            Instant now = clock.instant();
            known = Optional.ofNullable(entries.get(uri));
            if (known.isPresent() && known.get().mayAnswer(now, again)) {
                return known.get().answer(now);
            }
            other = underWay.putIfAbsent(uri, answer);
        } finally {
            lock.unlock();
        }
        Entry entry = other == null ? fetch(uri, known, answer) : await(other);
        return entry.answer(clock.instant());
    }

    private Entry fetch(URI uri, Optional<Entry> known, CompletableFuture<Entry> answer) {
        try {
            Entry entry = ask(uri, known);
            if (entry.isWorthKeeping()) {
                keep(uri, entry);
            } else {
                forget(uri);
            }
            answer.complete(entry);
            return entry;
        } catch (RuntimeException | Error e) {
            forget(uri);
            answer.completeExceptionally(e);
            throw e;
        }
    }

    private Entry ask(URI uri, Optional<Entry> known) {
        Optional<Fetched> old = known.flatMap(Entry::fetched);
        try {
            Fetched fetched = source.fetch(uri, old);
            Instant now = clock.instant();
            return new Entry(Optional.of(fetched), now.plus(fetched.fresh()), now, null);
        } catch (OutboundException e) {
            return new Entry(old, known.map(Entry::freshUntil).orElse(Instant.MIN), clock.instant(), e);
        }
    }

    private void keep(URI uri, Entry entry) {
        lock.lock();
        try {
            underWay.remove(uri);
            Entry old = entries.put(uri, entry);
            bytes += entry.weight() - (old == null ? 0 : old.weight());
            Iterator<Entry> oldest = entries.values().iterator();
            while (entries.size() > 1 && (entries.size() > MAX_ENTRIES || bytes > MAX_BYTES)) {
                bytes -= oldest.next().weight();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(URI uri) {
        lock.lock();
        try {
            underWay.remove(uri);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the thread that asks; its deadline is ours. */
    private static Entry await(CompletableFuture<Entry> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("another request for the same document failed", e.getCause());
        }
    }
}
