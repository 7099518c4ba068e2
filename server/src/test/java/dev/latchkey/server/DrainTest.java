package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.http.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients and load balancers see of a server that is told to stop. */
@Timeout(60)
class DrainTest {
    private static final String READY = "GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n";

    private static TestServer serverWithDelay(String delay) {
        return TestServer.start(TestServer.CONFIGURATION + "limits: {drain-delay: " + delay + "}\n");
    }

    @Test
    void saysThatItIsNotReadyAndServesUntilTheDelayIsOver() throws Exception {
        try (TestServer server = serverWithDelay("3s");
                RawConnection probe = new RawConnection(server.server().port());
                RawConnection old = new RawConnection(server.server().port())) {
            int port = server.server().port();
            Answer tokens = server.login();
            assertThat(probe.send(READY).answer().status()).isEqualTo(200);
            assertThat(old.send(READY).answer().header("Connection")).isEmpty();

            long begun = System.nanoTime();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server.server()::close);
            while (server.get("/health/ready").status() == 200) {
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
                    .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(10));
            assertThat(listens(port)).isFalse();
        }
    }

    @Test
    void stopsAtOnceWhereNoDelayIsAskedForAlsoWithConnectionsThatIdle() throws IOException {
        try (TestServer server = TestServer.start();
                RawConnection idle = new RawConnection(server.server().port())) {
            assertThat(idle.send(READY).answer().status()).isEqualTo(200);
            int port = server.server().port();
            long begun = System.nanoTime();
            server.server().close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
            assertThat(listens(port)).isFalse();
        }
    }

    private static boolean listens(int port) {
        try (RawConnection _ = new RawConnection(port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
