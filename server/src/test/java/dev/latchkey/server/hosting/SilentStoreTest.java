package dev.latchkey.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
@Timeout(120)
class SilentStoreTest {
    /** How many are opened at once. */
    private static final int OPENERS = 8;

    private static final String GOOD = "/good/jwks";

    private final ServerSocket silence = listen();

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestServer start(int silent, String patience) {
        return TestServer.start(IntStream.range(0, silent)
                .mapToObj(number ->
                        "  silent" + number + ": {store: 'postgresql://nobody@127.0.0.1:" + silence.getLocalPort()
                                + "/database" + number + "', postgresql: {patience: " + patience + "}}\n")
                .collect(Collectors.joining("", "issuers:\n  good: {}\n", "")));
    }

    @AfterEach
    void stop() throws IOException {
        silence.close();
    }

    private static List<Future<Answer>> askAll(ExecutorService threads, TestServer server, int silent) {
        return IntStream.range(0, silent)
                .mapToObj(number -> threads.submit(() -> server.get("/silent" + number + "/jwks")))
                .toList();
    }

    @Test
    void theirIssuersAreRefusedInTimeAndTheOthersAreServed() throws Exception {
        try (TestServer server = start(OPENERS + 1, "1s");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> refused = askAll(threads, server, OPENERS + 1);
            Future<Answer> served = threads.submit(() -> server.get(GOOD));

            assertThat(served.get(50, TimeUnit.SECONDS).status()).isEqualTo(200);
            for (Future<Answer> answer : refused) {
                assertThat(answer.get(50, TimeUnit.SECONDS).status()).isEqualTo(503);
            }
        }
    }

    /** With more patience than a machine stands still. */
    @Test
    void anIssuerThatIsOpenIsServedAtOnce() throws Exception {
        try (TestServer server = start(OPENERS, "10s");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(server.get(GOOD).status()).isEqualTo(200);
            List<Future<Answer>> refused = askAll(threads, server, OPENERS);

            assertThat(server.get(GOOD).status()).isEqualTo(200);
            assertThat(refused).as("still being opened").noneMatch(Future::isDone);
        }
    }
}
