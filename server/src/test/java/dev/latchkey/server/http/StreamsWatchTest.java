package dev.latchkey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What happens to the threads of a connection of HTTP/2 that ends. */
class StreamsWatchTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final StreamsWatch watch = new StreamsWatch(LONG, LONG);
    private final CountDownLatch never = new CountDownLatch(1);

    private boolean isInterrupted(CountDownLatch reached, CountDownLatch awaited) {
        reached.countDown();
        try {
            awaited.await();
            return Thread.interrupted();
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Test
    void whoWaitsForTheRestOfABodyIsWoken() throws InterruptedException {
        AtomicBoolean woken = new AtomicBoolean();
        CountDownLatch waiting = new CountDownLatch(1);
        Thread stream = Thread.ofVirtual().start(() -> {
            watch.requestBegins();
            woken.set(isInterrupted(waiting, never));
            watch.requestEnds();
        });
        waiting.await();
        watch.connectionEnds();
        stream.join();
        assertThat(woken).isTrue();
        assertThat(watch.isEnded()).isTrue();
    }

    @Test
    void whoAnswersIsLeftAloneUntilTheAnswerIsGiven() throws InterruptedException {
        AtomicBoolean disturbed = new AtomicBoolean();
        AtomicBoolean wokenAfter = new AtomicBoolean();
        CountDownLatch answering = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Thread stream = Thread.ofVirtual().start(() -> {
            watch.requestBegins();
            watch.requestIsRead();
            disturbed.set(isInterrupted(answering, go));
            watch.requestEnds();
            wokenAfter.set(Thread.interrupted());
        });
        answering.await();
        watch.connectionEnds();
        go.countDown();
        stream.join();
        assertThat(disturbed).isFalse();
        assertThat(wokenAfter).isTrue();
    }

    @Test
    void aRequestThatBeginsAfterTheEndIsWokenAtOnce() {
        watch.connectionEnds();
        watch.requestBegins();
        assertThat(Thread.interrupted()).isTrue();
    }
}
