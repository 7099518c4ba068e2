package dev.latchkey.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches a connection of HTTP/2, on which requests run beside each other on a thread each. Frames that begin no request
 * (pings, headers that do not end) do not count as a sign of life.
 */
final class StreamsWatch implements ConnectionWatch {
    private final long requestNanos;
    private final long idleNanos;
    private final Map<Thread, Long> streams = new ConcurrentHashMap<>();
    private final Map<Thread, Long> writes = new ConcurrentHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<Thread> answering = ConcurrentHashMap.newKeySet();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean ended;
    private volatile long idleSince = System.nanoTime();

    StreamsWatch(Duration requestTimeout, Duration idleTimeout) {
        this.requestNanos = requestTimeout.toNanos();
        this.idleNanos = idleTimeout.toNanos();
    }

    @Override
    public void beforeRead() {}

    @Override
    public void afterRead() {}

    @Override
    public void requestBegins() {
        running.incrementAndGet();
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(Thread.currentThread());
        set(streams);
        if (ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void requestIsRead() {
        answering.add(Thread.currentThread());
        streams.remove(Thread.currentThread());
    }

    /** An answer may wait for the client to open its window (RFC 9113 §5.2). */
    @Override
    public void answerBegins() {
        set(streams);
    }

    @Override
    public void requestEnds() {
        streams.remove(Thread.currentThread());
        answering.remove(Thread.currentThread());
        idleSince = System.nanoTime();
        running.decrementAndGet();
        if (ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void beforeWrite() {
        set(writes);
    }

    @Override
    public void afterWrite() {
        writes.remove(Thread.currentThread());
    }

    @Override
    public boolean isOverdue() {
        long now = System.nanoTime();
        return (running.get() == 0 && now - idleSince > idleNanos) || isPast(streams, now) || isPast(writes, now);
    }

    /**
     * The web server lets a thread wait for the rest of a body even when the connection is gone, before the request was given
     * to us and after. Threads that answer are left alone: they are about to store something.
     */
    @Override
    public void connectionEnds() {
        ended = true;
        threads.stream().filter(thread -> !answering.contains(thread)).forEach(Thread::interrupt);
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    private void set(Map<Thread, Long> deadlines) {
        deadlines.put(Thread.currentThread(), System.nanoTime() + requestNanos);
    }

    private static boolean isPast(Map<Thread, Long> deadlines, long now) {
        return deadlines.values().stream().anyMatch(deadline -> now - deadline > 0);
    }
}
