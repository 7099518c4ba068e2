package dev.latchkey.server.password;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One hash on its way through the queue. Either a thread begins it or its caller withdraws it, never both. */
final class HashJob<T> implements Runnable {
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<T> end = new CompletableFuture<>();
    private final Supplier<T> hash;

    HashJob(Supplier<T> hash) {
        this.hash = hash;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever it is, the caller waits for it
    public void run() {
        if (decided.compareAndSet(false, true)) {
            try {
                end.complete(hash.get());
            } catch (Throwable e) {
                end.completeExceptionally(e);
            }
        }
    }

    /** Whether it was withdrawn before it began; then it never will. */
    boolean withdraw() {
        return decided.compareAndSet(false, true);
    }

    /** Withdraws it in the name of a caller who still waits. */
    void refuse() {
        if (withdraw()) {
            end.completeExceptionally(new RejectedExecutionException("the queue closes"));
        }
    }

    /** Waits, without heed to interrupts; an interrupt is kept for the caller. False when the time is over. */
    boolean awaitEnd(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return true;
                } catch (TimeoutException e) {
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What came of it, once it has ended; what it threw is thrown again. */
    T result() {
        try {
            return end.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }
}
