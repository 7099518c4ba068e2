package dev.latchkey.server.health;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /health/ready}: 200 if the store takes a write within a second, else 503 with Retry-After, and 503 from the
 * moment the server is told to stop. A write that went well counts for a second, and only one is on its way at a time, so
 * that nobody can make the server write by asking, and a store that hangs holds one thread and no more. Safe for use by many
 * threads.
 */
public final class ReadinessEndpoint implements Handler {
    private static final Duration COUNTS_FOR = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Response UP = Response.json(Map.of("status", "up")).withNoStore();
    private static final Response DOWN = unready("down");
    private static final Response DRAINING = unready("draining");

    private final BooleanSupplier storeTakesAWrite;
    private final LongSupplier nanoTime;
    private final Duration patience;
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable Question last;
    private volatile boolean draining;

    /** A write on its way or done; it counts from when it was begun. */
    private record Question(FutureTask<Boolean> answer, long begunNanos) {}

    /**
     * An endpoint.
     *
     * @param storeTakesAWrite makes a write durable and says whether that went well; may block, may throw
     * @param nanoTime a clock that nobody sets: one that is set back would let an old answer count on
     */
    public ReadinessEndpoint(BooleanSupplier storeTakesAWrite, LongSupplier nanoTime) {
        this(storeTakesAWrite, nanoTime, PATIENCE);
    }

    ReadinessEndpoint(BooleanSupplier storeTakesAWrite, LongSupplier nanoTime, Duration patience) {
        this.storeTakesAWrite = storeTakesAWrite;
        this.nanoTime = nanoTime;
        this.patience = patience;
    }

    private static Response unready(String status) {
        return Response.json(503, Map.of("status", status)).withNoStore().withHeader("Retry-After", "1");
    }

    /** From now on the answer is no: the server still answers, and is about to stop. */
    public void drain() {
        draining = true;
    }

    @Override
    public Response handle(Request request) {
        if (draining) {
            return DRAINING;
        }
        return isYes(question()) ? UP : DOWN;
    }

    /** The question that everybody waits for: the last one, or a new one if that is answered and too old. */
    private Question question() {
        asking.lock();
        try {
            Question known = last;
            if (known == null || (known.answer().isDone() && age(known) >= COUNTS_FOR.toNanos())) {
                known = new Question(new FutureTask<>(storeTakesAWrite::getAsBoolean), nanoTime.getAsLong());
                last = known;
                Thread.ofVirtual().name("readiness").start(known.answer());
            }
            return known;
        } finally {
            asking.unlock();
        }
    }

    private boolean isYes(Question question) {
        long left = Math.max(0, patience.toNanos() - age(question));
        try {
            return question.answer().get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false; // whatever it was: this server cannot store, or not in time
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private long age(Question question) {
        return nanoTime.getAsLong() - question.begunNanos();
    }
}
