package dev.latchkey.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.http.Headers;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HealthTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<String> store = new AtomicReference<>("well");
    private final CountDownLatch resumed = new CountDownLatch(1);
    /** Gives a store that is well the time that a machine may stand still. */
    private ReadinessEndpoint ready = new ReadinessEndpoint(this::ask, nanos::get, Duration.ofMinutes(1));

    private boolean ask() {
        asked.incrementAndGet();
        return switch (store.get()) {
            case "well" -> true;
            case "full" -> false;
            case "hangs" -> comesBack();
            default -> throw new IllegalStateException("gone");
        };
    }

    private boolean comesBack() {
        try {
            resumed.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response get() {
        return ready.handle(new Request(
                "GET", "/health/ready", "", Headers.of(), new byte[0], InetAddress.getLoopbackAddress(), "id"));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void isReadyWhileTheStoreTakesWritesAndAsksOnceASecond() {
        assertThat(get().status()).isEqualTo(200);
        store.set("gone");
        assertThat(get().status()).isEqualTo(200);
        assertThat(asked).hasValue(1);

        pass(Duration.ofSeconds(1));
        assertThat(get().status()).isEqualTo(503);
        assertThat(get().header("Retry-After")).contains("1");
        assertThat(asked).hasValue(2);

        store.set("well");
        pass(Duration.ofSeconds(1));
        assertThat(get().status()).isEqualTo(200);
        store.set("full");
        pass(Duration.ofSeconds(1));
        assertThat(get().status()).isEqualTo(503);
    }

    @Test
    void isNotReadyWithinASecondOfAStoreThatHangsAndHoldsOneThreadOfIt() throws Exception {
        ready = new ReadinessEndpoint(this::ask, nanos::get);
        store.set("hangs");
        long begun = System.nanoTime();
        try (ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = IntStream.range(0, 20)
                    .mapToObj(_ -> probes.submit(() -> get().status()))
                    .toList();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(503);
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(60));
        pass(Duration.ofSeconds(10));
        assertThat(get().status()).as("without waiting for it again").isEqualTo(503);
        assertThat(asked).hasValue(1);

        store.set("well");
        resumed.countDown();
        while (get().status() == 503) { // until the write that hung is through
            Thread.onSpinWait();
        }
        assertThat(get().status()).isEqualTo(200);
        assertThat(asked).as("what hung for so long does not count on").hasValue(2);
    }

    @Test
    void isNotReadyOnceTheServerStopsAndAsksNoMore() {
        assertThat(get().status()).isEqualTo(200);
        ready.drain();
        pass(Duration.ofMinutes(1));
        assertThat(get().status()).isEqualTo(503);
        assertThat(new String(get().body(), StandardCharsets.UTF_8)).isEqualTo("{\"status\":\"draining\"}");
        assertThat(asked).hasValue(1);
    }
}
