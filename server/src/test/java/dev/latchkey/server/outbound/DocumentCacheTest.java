package dev.latchkey.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.TurnedClock;
import dev.latchkey.server.outbound.OutboundException.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept, for how long, and when a server is asked again. */
class DocumentCacheTest {
    private static final URI URL = URI.create("https://client.example/jwks");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TurnedClock clock = new TurnedClock();
    private final AtomicInteger questions = new AtomicInteger();
    private final DocumentCache cache = new DocumentCache((uri, _) -> answer(uri), clock);
    private Optional<Reason> trouble = Optional.empty();
    private int bodyBytes;

    private Fetched answer(URI uri) throws OutboundException {
        int number = questions.incrementAndGet();
        if (trouble.isPresent()) {
            throw new OutboundException(trouble.get(), "trouble " + number);
        }
        byte[] body = (number + " ".repeat(bodyBytes)).getBytes(StandardCharsets.UTF_8);
        return new Fetched(new OutboundDocument(uri, Optional.empty(), body), Optional.empty(), HOUR);
    }

    private String get() throws OutboundException {
        return cache.get(URL).text().strip();
    }

    @Test
    void asksOnceAsLongAsTheDocumentIsFresh() throws Exception {
        assertThat(get()).isEqualTo("1");
        clock.turn(HOUR.minusMillis(1));
        assertThat(get()).isEqualTo("1");
        clock.turn(Duration.ofMillis(1));
        assertThat(get()).isEqualTo("2");
    }

    @Test
    void asksAgainOnDemandOnlyAfterTheCoolDown() throws Exception {
        assertThat(get()).isEqualTo("1");
        clock.turn(DocumentCache.COOL_DOWN.minusMillis(1));
        assertThat(cache.getAgain(URL).text()).isEqualTo("1");
        clock.turn(Duration.ofMillis(1));
        assertThat(cache.getAgain(URL).text()).isEqualTo("2");
        assertThat(cache.getAgain(URL).text()).isEqualTo("2");
        assertThat(get()).isEqualTo("2");
    }

    @Test
    void remembersAFailureBriefly() throws Exception {
        trouble = Optional.of(Reason.STATUS);
        assertThatThrownBy(this::get).isInstanceOf(OutboundException.class).hasMessage("trouble 1");
        trouble = Optional.empty();
        assertThatThrownBy(this::get).isInstanceOf(OutboundException.class).hasMessage("trouble 1");
        assertThatThrownBy(() -> cache.getAgain(URL)).hasMessage("trouble 1");
        clock.turn(DocumentCache.COOL_DOWN);
        assertThat(get()).isEqualTo("2");
    }

    @Test
    void doesNotHoldItAgainstAServerThatOursWasBusy() throws Exception {
        trouble = Optional.of(Reason.BUSY);
        assertThatThrownBy(this::get).hasMessage("trouble 1");
        trouble = Optional.empty();
        assertThat(get()).isEqualTo("2");
    }

    @Test
    void aDocumentOutlivesTheTroubleOfItsServerForAWhile() throws Exception {
        assertThat(get()).isEqualTo("1");
        clock.turn(HOUR);
        trouble = Optional.of(Reason.UNREACHABLE);
        assertThat(get()).isEqualTo("1");
        clock.turn(DocumentCache.STALE_IF_ERROR.minusMillis(1));
        assertThat(get()).isEqualTo("1");
        clock.turn(Duration.ofMillis(1));
        assertThatThrownBy(this::get).isInstanceOf(OutboundException.class);
        clock.turn(DocumentCache.COOL_DOWN);
        trouble = Optional.empty();
        assertThat(get()).isEqualTo("4");
    }

    @Test
    void aFailedSecondLookDoesNotLoseAFreshDocument() throws Exception {
        assertThat(get()).isEqualTo("1");
        clock.turn(DocumentCache.COOL_DOWN);
        trouble = Optional.of(Reason.TIMEOUT);
        assertThat(cache.getAgain(URL).text()).isEqualTo("1");
        assertThat(get()).isEqualTo("1");
        assertThat(questions).hasValue(2);
    }

    @Test
    void manyThatAskAtOnceAreOneQuestion() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        DocumentCache slow = new DocumentCache(
                (uri, _) -> {
                    try {
                        waiting.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return answer(uri);
                },
                clock);
        List<String> answers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    String text = slow.get(URL).text();
                    synchronized (answers) {
                        answers.add(text);
                    }
                } catch (OutboundException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        waiting.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(50).containsOnly("1");
        assertThat(questions).hasValue(1);
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws Exception {
        for (int i = 0; i < 1000; i++) {
            cache.get(URI.create("https://client.example/" + i));
        }
        cache.get(URI.create("https://client.example/0"));
        cache.get(URI.create("https://client.example/1000"));
        assertThat(questions).hasValue(1001);
        cache.get(URI.create("https://client.example/0"));
        assertThat(questions).hasValue(1001);
        cache.get(URI.create("https://client.example/1"));
        assertThat(questions).hasValue(1002);
    }

    @Test
    void isBoundedInBytes() throws Exception {
        bodyBytes = 1024 * 1024;
        for (int i = 0; i < 9; i++) {
            cache.get(URI.create("https://client.example/" + i));
        }
        cache.get(URI.create("https://client.example/8"));
        assertThat(questions).hasValue(9);
        cache.get(URI.create("https://client.example/0"));
        assertThat(questions).hasValue(10);
    }

    @Test
    void asksWithTheTagOfWhatItHas() throws Exception { // RFC 9110 §13.1.2
        String first = ScriptedServer.ok("one", "ETag: \"v1\"", "Cache-Control: max-age=60");
        try (ScriptedServer server =
                        ScriptedServer.start((request, out) -> out.write((request.contains("If-None-Match: \"v1\"")
                                        ? "HTTP/1.1 304 Not Modified\r\nCache-Control: max-age=7200\r\n\r\n"
                                        : first)
                                .getBytes(StandardCharsets.US_ASCII)));
                Outbound outbound = new Outbound(
                        new OutboundSettings(Duration.ofSeconds(60), 1000, List.of(), true),
                        _ -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                        clock)) {
            URI url = URI.create("http://client.example:" + server.port() + "/");
            assertThat(outbound.getCached(url).text()).isEqualTo("one");
            clock.turn(Duration.ofSeconds(60));
            assertThat(outbound.getCached(url).text()).isEqualTo("one");
            clock.turn(Duration.ofSeconds(7199));
            assertThat(outbound.getCached(url).text()).isEqualTo("one");
            assertThat(server.connections()).isEqualTo(2);
            assertThat(outbound.fetchAgain(url).text()).isEqualTo("one");
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=600||||600",
                "public, Max-Age=\"600\", immutable||||600",
                "max-age=1||||60",
                "max-age=999999999999||||86400",
                "max-age=600, no-cache||||60",
                "no-store||||60",
                "max-age=||||300",
                "max-age=-5||||300",
                "max-age=600|200|||400",
                "max-age=600|700|||60",
                "|||| 300",
                "||Mon, 01 Jun 2026 12:00:00 GMT|Mon, 01 Jun 2026 12:30:00 GMT|1800",
                "||Mon, 01 Jun 2026 12:00:00 GMT|0|60",
                "|||Mon, 01 Jun 2026 12:30:00 GMT|60",
                "max-age=600||Mon, 01 Jun 2026 12:00:00 GMT|Mon, 01 Jun 2026 12:30:00 GMT|600"
            })
    void freshnessIsWhatTheServerSaysWithinBounds(
            String cacheControl, String age, String date, String expires, long seconds) {
        Map<String, List<String>> fields = new HashMap<>();
        add(fields, "cache-control", cacheControl);
        add(fields, "age", age);
        add(fields, "date", date);
        add(fields, "expires", expires);
        assertThat(Freshness.of(new AnswerHead(true, 200, fields))).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static void add(Map<String, List<String>> fields, String name, String value) {
        if (value != null) {
            fields.put(name, List.of(value));
        }
    }
}
