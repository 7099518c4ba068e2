package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoreRoomTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(50);

    private static void fill(StoreRoom room) {
        for (int i = 0; i < room.size(); i++) {
            assertThat(room.take(() -> {})).isTrue();
        }
    }

    @Test
    void itHasAQuarterMoreThanStayOpenAndEightAtLeast() {
        assertThat(new StoreRoom(256, NONE).size()).isEqualTo(320);
        assertThat(new StoreRoom(1, NONE).size()).isEqualTo(9);
    }

    @Test
    void whoFindsNoneAsksForItAndIsRefused() {
        StoreRoom room = new StoreRoom(1, NONE);
        fill(room);
        CountDownLatch asked = new CountDownLatch(1);

        assertThat(room.take(asked::countDown)).isFalse();

        assertThat(asked.getCount()).isZero();
    }

    @Test
    void whatWasGivenBackIsTakenByWhoWaits() throws Exception {
        StoreRoom room = new StoreRoom(1, LONG);
        fill(room);
        CountDownLatch asked = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> taken = threads.submit(() -> room.take(asked::countDown));
            asked.await();

            room.giveBack();

            assertThat(taken.get()).isTrue();
        }
    }

    @Test
    void whoIsInterruptedHasNone() throws Exception {
        StoreRoom room = new StoreRoom(1, LONG);
        fill(room);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> taken =
                    threads.submit(() -> room.take(Thread.currentThread()::interrupt) || !Thread.interrupted());

            assertThat(taken.get()).isFalse();
        }
    }
}
