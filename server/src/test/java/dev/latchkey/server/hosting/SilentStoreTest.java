package dev.latchkey.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Databases that take connections and never answer, of more issuers than are opened at once. */
@Timeout(60)
class SilentStoreTest {
    private static final int SILENT = 9;
    private static final String GOOD = "/good/jwks";

    private final ServerSocket silence = listen();
    private final TestServer server = TestServer.start(configuration());

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String configuration() {
        return IntStream.range(0, SILENT)
                .mapToObj(number -> "  silent" + number + ": {store: 'postgresql://nobody@127.0.0.1:"
                        + silence.getLocalPort() + "/database" + number + "', postgresql: {patience: 1s}}\n")
                .collect(Collectors.joining("", "issuers:\n  good: {}\n", ""));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        silence.close();
    }

    @Test
    void theirIssuersAreRefusedInTimeAndTheOthersAreServed() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> refused = new ArrayList<>();
            for (int number = 0; number < SILENT; number++) {
                String path = "/silent" + number + "/jwks";
                refused.add(threads.submit(() -> server.get(path)));
            }
            Future<Answer> served = threads.submit(() -> server.get(GOOD));

            assertThat(served.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            for (Future<Answer> answer : refused) {
                assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(503);
            }
        }
    }

    @Test
    void anIssuerThatIsOpenIsServedAtOnce() throws Exception {
        assertThat(server.get(GOOD).status()).isEqualTo(200);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> refused = new ArrayList<>();
            for (int number = 0; number < SILENT; number++) {
                String path = "/silent" + number + "/jwks";
                refused.add(threads.submit(() -> server.get(path)));
            }

            assertThat(server.get(GOOD).status()).isEqualTo(200);
            assertThat(refused).as("still being opened").noneMatch(Future::isDone);
        }
    }
}
