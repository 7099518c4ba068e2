package dev.latchkey.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.http.Headers;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import java.net.InetAddress;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<String> store = new AtomicReference<>("well");
    private final ReadinessEndpoint ready = new ReadinessEndpoint(this::ask, now::get);

    private boolean ask() {
        asked.incrementAndGet();
        return switch (store.get()) {
            case "well" -> true;
            case "full" -> false;
            default -> throw new IllegalStateException("gone");
        };
    }

    private Response get() {
        return ready.handle(new Request(
                "GET", "/health/ready", "", Headers.of(), new byte[0], InetAddress.getLoopbackAddress(), "id"));
    }

    @Test
    void isReadyWhileTheStoreTakesWritesAndAsksOnceASecond() {
        assertThat(get().status()).isEqualTo(200);
        store.set("gone");
        assertThat(get().status()).isEqualTo(200);
        assertThat(asked).hasValue(1);

        now.set(now.get().plusSeconds(1));
        assertThat(get().status()).isEqualTo(503);
        assertThat(get().header("Retry-After")).contains("1");
        assertThat(asked).hasValue(2);

        store.set("well");
        now.set(now.get().plusSeconds(1));
        assertThat(get().status()).isEqualTo(200);
        store.set("full");
        now.set(now.get().plusSeconds(1));
        assertThat(get().status()).isEqualTo(503);
    }
}
