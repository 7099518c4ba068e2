package dev.latchkey.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.server.TurnedClock;
import dev.latchkey.server.outbound.OutboundException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client does about servers of every kind, over real sockets. */
class OutboundTest {
    private static final int MAX_BYTES = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Outbound outbound = outbound(PATIENCE);
    private ScriptedServer server = ScriptedServer.answering(ScriptedServer.ok("{}"));

    private static Outbound outbound(Duration timeout) {
        OutboundSettings settings = new OutboundSettings(timeout, MAX_BYTES, List.of(), true);
        return new Outbound(settings, _ -> List.of(InetAddress.ofLiteral("127.0.0.1")), new TurnedClock());
    }

    @AfterEach
    void close() {
        outbound.close();
        server.close();
    }

    private void serve(String answer) {
        serve((_, out) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void serve(ScriptedServer.Script script) {
        server.close();
        server = ScriptedServer.start(script);
    }

    private static String crlf(String lines) {
        return lines.replace("\n", "\r\n");
    }

    private URI url(String pathAndQuery) {
        return URI.create("http://client.example:" + server.port() + pathAndQuery);
    }

    private OutboundException refused() {
        return refused(outbound);
    }

    private OutboundException refused(Outbound client) {
        OutboundException refusal = catchThrowableOfType(OutboundException.class, () -> client.get(url("/doc?secret")));
        assertThat(refusal).isNotNull();
        assertThat(refusal).hasMessageNotContaining("secret");
        return refusal;
    }

    @Test
    void getsADocument() throws Exception {
        serve(ScriptedServer.ok("{\"keys\":[]}"));
        OutboundDocument document = outbound.get(url("/jwks?x=1"));
        assertThat(document.text()).isEqualTo("{\"keys\":[]}");
        assertThat(document.contentType()).contains("application/json");
        assertThat(server.requests().getFirst())
                .startsWith("GET /jwks?x=1 HTTP/1.1\r\nHost: client.example:" + server.port() + "\r\n")
                .contains("\r\nConnection: close\r\n")
                .doesNotContainIgnoringCase("accept-encoding")
                .doesNotContainIgnoringCase("authorization")
                .doesNotContainIgnoringCase("cookie");
    }

    @Test
    void postsAForm() throws Exception {
        serve("HTTP/1.1 204 No Content\r\n\r\n");
        byte[] body = "logout_token=abc".getBytes(StandardCharsets.US_ASCII);
        OutboundAnswer answer = outbound.post(url("/logout"), body, "application/x-www-form-urlencoded");
        assertThat(answer.isSuccess()).isTrue();
        assertThat(server.requests().getFirst())
                .startsWith("POST /logout HTTP/1.1\r\n")
                .contains("\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 16\r\n")
                .endsWith("\r\n\r\nlogout_token=abc");
    }

    @Test
    void aPostTellsTheStatusAndIsNotTriedAgain() throws Exception {
        serve("HTTP/1.1 503 Busy\r\n\r\n");
        assertThat(outbound.post(url("/"), new byte[0], "text/plain")).isEqualTo(new OutboundAnswer(503));
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        serve("HTTP/1.1 " + status + " Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
        assertThat(refused().reason()).isEqualTo(Reason.STATUS);
        OutboundException post =
                catchThrowableOfType(OutboundException.class, () -> outbound.post(url("/"), new byte[0], "text/plain"));
        assertThat(post.reason()).isEqualTo(Reason.STATUS);
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 304, 400, 404, 500})
    void aDocumentComesWithStatus200Only(int status) {
        serve("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n");
        assertThat(refused()).hasMessageEndingWith("/doc: the answer has status " + status);
    }

    @Test
    void readsChunksAndBodiesThatEndWithTheConnection() throws Exception {
        serve(crlf("""
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            3
            abc
            2;x=y
            de
            0
            Trailer: x

            """));
        assertThat(outbound.get(url("/")).text()).isEqualTo("abcde");
        serve("HTTP/1.0 200 OK\r\n\r\nto the end");
        assertThat(outbound.get(url("/")).text()).isEqualTo("to the end");
        serve("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ScriptedServer.ok("late"));
        assertThat(outbound.get(url("/")).text()).isEqualTo("late");
    }

    @Test
    void aDocumentMayBeAsLongAsTheBound() throws Exception {
        String longest = "x".repeat(MAX_BYTES);
        serve(ScriptedServer.ok(longest));
        assertThat(outbound.get(url("/")).text()).isEqualTo(longest);
        serve("HTTP/1.0 200 OK\r\n\r\n" + longest);
        assertThat(outbound.get(url("/")).text()).isEqualTo(longest);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK;Content-Length: 1001;;|TOO_LONG",
                "HTTP/1.1 200 OK;Content-Length: 99999999999999;;|TOO_LONG",
                "HTTP/1.1 200 OK;Transfer-Encoding: chunked;;3e9;|TOO_LONG",
                "HTTP/1.1 200 OK;Transfer-Encoding: chunked;;ffffffff;|TOO_LONG",
                "HTTP/1.1 200 OK;Transfer-Encoding: chunked;;-1;|BAD_ANSWER",
                "HTTP/1.1 200 OK;Transfer-Encoding: chunked;;123456789;|BAD_ANSWER",
                "HTTP/1.1 200 OK;Transfer-Encoding: chunked;;1;ab;0;;|BAD_ANSWER",
                "HTTP/1.1 200 OK;Transfer-Encoding: gzip, chunked;;0;;|BAD_ANSWER",
                "HTTP/1.1 200 OK;Transfer-Encoding: chunked;Transfer-Encoding: chunked;;0;;|BAD_ANSWER",
                "HTTP/1.1 200 OK;Transfer-Encoding: chunked;Content-Length: 0;;0;;|BAD_ANSWER",
                "HTTP/1.0 200 OK;Transfer-Encoding: chunked;;0;;|BAD_ANSWER",
                "HTTP/1.1 200 OK;Content-Length: 1;Content-Length: 2;;ab|BAD_ANSWER",
                "HTTP/1.1 200 OK;Content-Length: 1, 1;;a|BAD_ANSWER",
                "HTTP/1.1 200 OK;Content-Length: -1;;|BAD_ANSWER",
                "HTTP/1.1 200 OK;Content-Length: +1;;a|BAD_ANSWER",
                "HTTP/1.1 200 OK;Content-Length: 5;;ab|BAD_ANSWER",
                "HTTP/1.1 200 OK;Content-Encoding: gzip;Content-Length: 2;;ab|BAD_ANSWER",
                "HTTP/1.1 200 OK;Content-Length : 2;;ab|BAD_ANSWER",
                "HTTP/1.1 200 OK;X: a; folded;;|BAD_ANSWER",
                "HTTP/1.1 200 OK;no colon;;|BAD_ANSWER",
                "HTTP/1.1 200 OK;: no name;;|BAD_ANSWER",
                "HTTP/1.1 101 Other;Upgrade: h2c;;|BAD_ANSWER",
                "HTTP/1.1 20 OK;;|BAD_ANSWER",
                "HTTP/1.1 600 OK;;|BAD_ANSWER",
                "HTTP/1.1  200 OK;;|BAD_ANSWER",
                "HTTP/2 200 OK;;|BAD_ANSWER",
                "HTTP/1.1 200 OK|BAD_ANSWER",
                "SSH-2.0-OpenSSH_9.9;|BAD_ANSWER",
                "{}|BAD_ANSWER",
                "''|BAD_ANSWER"
            })
    void refusesWhatIsTooLongOrNoHttp(String answer, Reason reason) {
        serve(answer.replace(";", "\r\n"));
        assertThat(refused().reason()).isEqualTo(reason);
    }

    @Test
    void aLineEndsWithCarriageReturnAndLineFeedOnly() {
        for (String answer : List.of(
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n")) {
            serve(answer);
            assertThat(refused().reason()).isEqualTo(Reason.BAD_ANSWER);
        }
    }

    @Test
    void headersWithoutEndAreCut() {
        serve((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            endlessly(out, "X-More: and more of it, again and again\r\n");
        });
        assertThat(refused().reason()).isEqualTo(Reason.TOO_LONG);
        serve((_, out) -> endlessly(out, "HTTP/1.1 200 "));
        assertThat(refused().reason()).isEqualTo(Reason.TOO_LONG);
        serve((_, out) -> endlessly(out, "HTTP/1.1 100 Continue\r\n\r\n"));
        assertThat(refused().reason()).isEqualTo(Reason.BAD_ANSWER);
    }

    @Test
    void bodiesWithoutEndAreCut() {
        serve((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            endlessly(out, "more and more of it");
        });
        assertThat(refused().reason()).isEqualTo(Reason.TOO_LONG);
        serve((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            endlessly(out, "1\r\nx\r\n");
        });
        assertThat(refused().reason()).isEqualTo(Reason.TOO_LONG);
    }

    private static void endlessly(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        while (true) { // until the client closes, which fails the write
            out.write(bytes);
        }
    }

    @Test
    void aServerThatSaysNothingHasTheTimeoutAndNoMore() {
        serve((_, _) -> server.hang());
        try (Outbound hurried = outbound(Duration.ofMillis(200))) {
            assertThat(refused(hurried).reason()).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void aServerThatDripsHasTheSameTimeoutForAllOfIt() {
        serve((_, out) -> {
            for (byte b : ScriptedServer.ok("x".repeat(900)).getBytes(StandardCharsets.US_ASCII)) {
                out.write(b);
                out.flush();
                LockSupport.parkNanos(100_000_000);
            }
        });
        try (Outbound hurried = outbound(Duration.ofMillis(300))) {
            long begin = System.nanoTime();
            assertThat(refused(hurried).reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(60)); // for all of it: 90 s
        }
    }

    @Test
    void aNameServerThatIsSlowHasTheSameTimeout() {
        CountDownLatch end = new CountDownLatch(1);
        OutboundSettings settings = new OutboundSettings(Duration.ofMillis(200), MAX_BYTES, List.of(), true);
        Resolver slow = _ -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        try (Outbound hurried = new Outbound(settings, slow, new TurnedClock())) {
            assertThat(refused(hurried).reason()).isEqualTo(Reason.TIMEOUT);
        } finally {
            end.countDown();
        }
    }

    @Test
    void aHostThatDoesNotListenOrIsNotKnown() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        OutboundException unreachable = catchThrowableOfType(
                OutboundException.class, () -> outbound.get(URI.create("http://client.example:" + port + "/")));
        assertThat(unreachable.reason()).isEqualTo(Reason.UNREACHABLE);
        OutboundSettings settings = new OutboundSettings(PATIENCE, MAX_BYTES, List.of(), true);
        Resolver nobody = name -> {
            throw new UnknownHostException(name);
        };
        try (Outbound lost = new Outbound(settings, nobody, new TurnedClock())) {
            assertThat(refused(lost).reason()).isEqualTo(Reason.UNKNOWN_HOST);
        }
    }

    /** Eight at once with one host; the others wait until the time is over. */
    @Test
    void aSlowHostTakesNoMoreThanItsShare() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch eight = new CountDownLatch(8);
        CountDownLatch go = new CountDownLatch(1);
        serve((_, out) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            eight.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            running.decrementAndGet();
            out.write(ScriptedServer.ok("done").getBytes(StandardCharsets.US_ASCII));
        });
        AtomicInteger done = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 20)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    try {
                        outbound.get(url("/" + i));
                        done.incrementAndGet();
                    } catch (OutboundException e) {
                        throw new AssertionError(e);
                    }
                }))
                .toList();
        eight.await();
        assertThat(server.connections()).isEqualTo(8);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(done).hasValue(20);
        assertThat(most.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void whoWaitsForAPlaceWaitsNoLongerThanTheTimeout() throws Exception {
        CountDownLatch eight = new CountDownLatch(8);
        serve((_, _) -> {
            eight.countDown();
            server.hang();
        });
        try (Outbound hurried = outbound(Duration.ofSeconds(2))) {
            for (int i = 0; i < 8; i++) {
                Thread.ofVirtual().start(() -> {
                    while (eight.getCount() > 0) { // on a busy machine the time can be over before one is there
                        refused(hurried);
                    }
                });
            }
            eight.await();
            assertThat(refused(hurried).reason()).isIn(Reason.BUSY, Reason.TIMEOUT);
        }
    }

    @Test
    void aClosedClientAsksNobody() {
        outbound.close();
        assertThat(refused().reason()).isEqualTo(Reason.BUSY);
        assertThat(server.requests()).isEmpty();
    }
}
