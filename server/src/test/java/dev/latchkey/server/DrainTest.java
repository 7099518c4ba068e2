package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.http.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients and load balancers see of a server that is told to stop. */
@Timeout(180)
class DrainTest {
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String READY = "GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private static TestServer serverWithDelay(String delay) {
        return TestServer.start(TestServer.CONFIGURATION + "limits: {drain-delay: " + delay + "}\n");
    }

    /** With a delay for longer than a machine stands still. */
    @Test
    void saysThatItIsNotReadyAndServesUntilTheDelayIsOver() throws Exception {
        try (TestServer server = serverWithDelay("10s");
                RawConnection probe = new RawConnection(server.server().port());
                RawConnection old = new RawConnection(server.server().port())) {
            int port = server.server().port();
            Answer tokens = server.login();
            assertThat(server.readiness()).isEqualTo(200);
            assertThat(probe.send(LIVE).answer().status()).isEqualTo(200);
            assertThat(old.send(LIVE).answer().header("Connection")).isEmpty();

            long begun = System.nanoTime();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server.server()::close);
            while (!server.get("/health/ready").body().contains("draining")) {
                Thread.onSpinWait(); // the stop begins on a thread of its own
            }
            RawConnection.Answer last = probe.send(READY).answer();
            assertThat(last.status()).isEqualTo(503);
            assertThat(last.body()).isEqualTo("{\"status\":\"draining\"}");
            assertThat(last.header("Connection")).isEqualTo("close");
            assertThat(server.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
            assertThat(server.login().header("Connection")).contains("close");
            assertThat(old.send(READY).answer().header("Connection")).isEqualTo("close");

            stopped.join();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(60));
            assertThat(listens(port)).isFalse();
        }
    }

    /** One of a few tries: to a machine that stands still, every stop is slow. */
    @Test
    void stopsAtOnceWhereNoDelayIsAskedForAlsoWithConnectionsThatIdle() throws IOException {
        Duration fastest = timeOfStopWithIdleConnection();
        for (int i = 0; i < 4 && fastest.compareTo(AT_ONCE) >= 0; i++) {
            fastest = timeOfStopWithIdleConnection();
        }
        assertThat(fastest).isLessThan(AT_ONCE);
    }

    private static Duration timeOfStopWithIdleConnection() throws IOException {
        try (TestServer server = TestServer.start();
                RawConnection idle = new RawConnection(server.server().port())) {
            assertThat(idle.send(LIVE).answer().status()).isEqualTo(200);
            int port = server.server().port();
            Duration time = timeOfStop(server);
            assertThat(listens(port)).isFalse();
            return time;
        }
    }

    @Test
    void whoIsInterruptedInTheDelayStopsAllTheSame() throws Exception {
        try (TestServer server = serverWithDelay("60s")) {
            int port = server.server().port();
            Thread stopping = Thread.ofVirtual().start(server.server()::close);
            while (!server.get("/health/ready").body().contains("draining")) {
                Thread.onSpinWait(); // the stop begins on a thread of its own
            }

            stopping.interrupt();
            stopping.join();

            assertThat(listens(port)).isFalse();
        }
    }

    private static Duration timeOfStop(TestServer server) {
        long begun = System.nanoTime();
        server.server().close();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static boolean listens(int port) {
        try (RawConnection _ = new RawConnection(port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
