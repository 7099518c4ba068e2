package dev.latchkey.server.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HashQueueTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int MEMORY = HashCost.MAX_MEMORY_KIB;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Counts counts = new Counts();

    private static final class Counts implements HashQueueListener {
        final AtomicInteger finished = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();

        @Override
        public void finished(Duration waited, Duration took) {
            finished.incrementAndGet();
        }

        @Override
        public void refused() {
            refused.incrementAndGet();
        }
    }

    @AfterEach
    void releaseAll() {
        release.countDown();
        callers.close();
    }

    private HashQueue queue(int threads, int waiting, Duration longestWait) {
        return new HashQueue(new HashQueueSettings(threads, MEMORY, waiting, longestWait), counts);
    }

    private String blockUntilReleased(CountDownLatch begun) {
        begun.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError("a hash is not interrupted", e);
        }
        return "hashed";
    }

    private Future<String> begin(HashQueue queue, int memoryKib) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Future<String> caller = callers.submit(() -> runOnceBegun(queue, memoryKib, begun));
        begun.await();
        return caller;
    }

    /** A queue that lets nobody wait refuses also whoever finds its threads free, and those not there in time. */
    private String runOnceBegun(HashQueue queue, int memoryKib, CountDownLatch begun) {
        while (true) {
            try {
                return queue.run(memoryKib, () -> blockUntilReleased(begun));
            } catch (HashQueueFullException e) {
                if (begun.getCount() == 0) {
                    throw e;
                }
            }
        }
    }

    private static void awaitWaiting(HashQueue queue, int waiting) {
        while (queue.waiting() < waiting) {
            Thread.onSpinWait();
        }
    }

    @Test
    void givesTheResultAndRethrowsTheFailure() {
        try (HashQueue queue = queue(1, 1, LONG)) {
            assertThat(queue.<String>run(1, () -> "hashed")).isEqualTo("hashed");
            assertThatThrownBy(() -> queue.run(1, () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
            assertThat(counts.finished).hasValue(2);
        }
    }

    @Test
    void runsOnPlatformThreadsOfItsOwn() {
        try (HashQueue queue = queue(1, 1, LONG)) {
            Thread thread = queue.run(1, Thread::currentThread);
            assertThat(thread.isVirtual()).isFalse();
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).startsWith("password-hash-");
        }
    }

    @Test
    void refusesWhatFindsNoPlaceToWait() throws Exception {
        try (HashQueue queue = queue(1, 1, LONG)) {
            Future<String> running = begin(queue, 1);
            Future<String> waiting = callers.submit(() -> queue.run(1, () -> "waited"));
            awaitWaiting(queue, 1);
            assertThat(queue.running()).isEqualTo(1);
            assertThatThrownBy(() -> queue.run(1, () -> "never"))
                    .isInstanceOfSatisfying(
                            HashQueueFullException.class,
                            e -> assertThat(e.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
            assertThat(counts.refused).hasValue(1);
            release.countDown();
            assertThat(running.get()).isEqualTo("hashed");
            assertThat(waiting.get()).isEqualTo("waited");
        }
    }

    @Test
    void refusesWhatHasWaitedTooLongAndNeverBeginsIt() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (HashQueue queue = queue(1, 5, Duration.ofMillis(20))) {
            Future<String> running = begin(queue, 1);
            assertThatThrownBy(() -> queue.run(1, begun::incrementAndGet)).isInstanceOf(HashQueueFullException.class);
            assertThat(queue.waiting()).isZero();
            release.countDown();
            assertThat(running.get()).isEqualTo("hashed");
        }
        assertThat(begun).hasValue(0);
    }

    @Test
    void aHashThatHasBegunIsWaitedForHoweverLong() throws Exception {
        try (HashQueue queue = queue(1, 5, Duration.ofMillis(1))) {
            Future<String> running = begin(queue, 1);
            assertThat(catchThrowable(() -> running.get(50, TimeUnit.MILLISECONDS)))
                    .isInstanceOf(TimeoutException.class);
            release.countDown();
            assertThat(running.get()).isEqualTo("hashed");
        }
    }

    @Test
    void anInterruptedCallerGivesNothingBackBeforeTheHashEnds() throws Exception {
        try (HashQueue queue = queue(1, 1, LONG)) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread caller = Thread.ofVirtual().start(() -> {
                queue.run(1, () -> blockUntilReleased(begun));
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            begun.await();
            caller.interrupt();
            Future<String> next = callers.submit(() -> queue.run(1, () -> "next"));
            awaitWaiting(queue, 1);
            assertThat(queue.running()).isEqualTo(1);
            assertThat(interrupted).isNotDone();
            release.countDown();
            assertThat(interrupted.get()).as("the interrupt is kept").isTrue();
            assertThat(next.get()).isEqualTo("next");
        }
    }

    @Test
    void runningHashesShareTheMemory() throws Exception {
        try (HashQueue queue = queue(2, 5, LONG)) {
            Future<String> large = begin(queue, MEMORY - 10);
            assertThat(queue.<String>run(10, () -> "small")).isEqualTo("small");
            Future<String> tooLarge = callers.submit(() -> queue.run(11, () -> "later"));
            assertThat(catchThrowable(() -> tooLarge.get(50, TimeUnit.MILLISECONDS)))
                    .isInstanceOf(TimeoutException.class);
            release.countDown();
            assertThat(large.get()).isEqualTo("hashed");
            assertThat(tooLarge.get()).isEqualTo("later");
        }
    }

    @Test
    void noMemoryIsRefusedLikeAFullQueue() {
        try (HashQueue queue = queue(1, 1, LONG)) {
            assertThatThrownBy(() -> queue.run(1, () -> {
                        throw new HashMemoryException("none");
                    }))
                    .isInstanceOf(HashQueueFullException.class);
            assertThat(counts.refused).hasValue(1);
        }
    }

    @Test
    void closingRefusesWhoWaitsAndWaitsForWhatRuns() throws Exception {
        HashQueue queue = queue(1, 2, LONG);
        Future<String> running = begin(queue, 1);
        Future<String> waiting = callers.submit(() -> queue.run(1, () -> "never"));
        awaitWaiting(queue, 1);
        Future<?> closing = callers.submit(queue::close);
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(HashQueueFullException.class);
        assertThat(closing).isNotDone();
        release.countDown();
        closing.get();
        assertThat(running.get()).isEqualTo("hashed");
        assertThatThrownBy(() -> queue.run(1, () -> "never")).isInstanceOf(HashQueueFullException.class);
    }

    @Test
    void neverRunsMoreAtOnceThanItHasThreads() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (HashQueue queue = queue(3, 1000, LONG)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(callers.submit(() -> queue.run(1, () -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    return now.getAndDecrement();
                })));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get()).isBetween(1, 3);
            }
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(counts.finished).hasValue(500);
    }
}
