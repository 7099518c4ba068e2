package dev.latchkey.server.password;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Runs hashes, a few at once on threads of its own, and refuses what would wait too long.
 *
 * <p>A native hash holds the thread that it runs on. On the virtual threads of requests it would hold their carriers, and every
 * other request would wait for it; so callers wait here, parked, while a platform thread works. A thread and its share of the memory are
 * given back only when the hash has really ended, whatever becomes of the caller: interrupting a caller frees nothing and
 * starts nothing. Safe for use by many threads.
 */
public final class HashQueue implements AutoCloseable {
    private static final Duration IDLE_THREAD_LIFETIME = Duration.ofSeconds(30);
    private static final Duration FIRST_GUESS = Duration.ofMillis(50);

    private final HashQueueSettings settings;
    private final HashQueueListener listener;
    private final ThreadPoolExecutor threads;
    private final Semaphore memory;
    private final AtomicLong averageNanos = new AtomicLong(FIRST_GUESS.toNanos());

    public HashQueue(HashQueueSettings settings, HashQueueListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.memory = new Semaphore(settings.memoryKib(), true);
        this.threads = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                IDLE_THREAD_LIFETIME.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(settings.waiting()),
                Thread.ofPlatform().name("password-hash-", 1).daemon(true).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Hashes that run now. */
    public int running() {
        return threads.getActiveCount();
    }

    /** Hashes that wait for a thread now. */
    public int waiting() {
        return threads.getQueue().size();
    }

    /**
     * Runs the hash on a thread of the queue and waits for it, without heed to interrupts.
     *
     * @throws HashQueueFullException when it was not begun, or there was no memory for it
     */
    <T> T run(int memoryKib, Supplier<T> hash) {
        long arrived = System.nanoTime();
        HashJob<T> job = new HashJob<>(() -> runWithMemory(memoryKib, hash, arrived));
        try {
            threads.execute(job);
            if (job.awaitEnd(settings.longestWait()) || !job.withdraw()) {
                return job.result();
            }
        } catch (RejectedExecutionException | HashMemoryException e) {
            throw refuse();
        }
        threads.remove(job);
        throw refuse();
    }

    private <T> T runWithMemory(int memoryKib, Supplier<T> hash, long arrived) {
        memory.acquireUninterruptibly(memoryKib);
        long begun = System.nanoTime();
        try {
            return hash.get();
        } finally {
            memory.release(memoryKib);
            long took = System.nanoTime() - begun;
            averageNanos.updateAndGet(average -> average + (took - average) / 8);
            listener.finished(Duration.ofNanos(begun - arrived), Duration.ofNanos(took));
        }
    }

    private HashQueueFullException refuse() {
        listener.refused();
        long nanosAhead = (waiting() + 1L) * averageNanos.get() / settings.threads();
        return new HashQueueFullException(Duration.ofSeconds(1 + TimeUnit.NANOSECONDS.toSeconds(nanosAhead)));
    }

    /** Refuses what waits and what comes, and waits for the hashes that run. */
    @Override
    public void close() {
        threads.shutdown();
        List<Runnable> waiting = new ArrayList<>();
        threads.getQueue().drainTo(waiting);
        for (Runnable job : waiting) {
            ((HashJob<?>) job).refuse();
        }
        threads.close();
    }
}
