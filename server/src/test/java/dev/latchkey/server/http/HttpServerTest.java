package dev.latchkey.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.CapturedLog;
import dev.latchkey.server.http.RawConnection.Answer;
import dev.latchkey.server.protocol.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good HTTP, byte by byte, and what the server promises about connections. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class HttpServerTest {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final HttpServer server = start(HttpSettings.of("127.0.0.1", 0));

    private HttpServer start(HttpSettings settings) {
        return HttpServer.start(
                settings,
                new Router(
                        List.of(
                                Route.get("/hello", request -> Response.text(200, "hello " + request.query())),
                                Route.post(
                                        "/echo",
                                        request ->
                                                Response.text(200, new String(request.body(), StandardCharsets.UTF_8))),
                                Route.post(
                                        "/form",
                                        request -> Response.token(
                                                Map.of("a", request.form().required("a")))),
                                Route.get("/wait", this::waiting),
                                Route.get(
                                        "/address",
                                        request -> Response.text(
                                                200, request.remoteAddress().getHostAddress())),
                                Route.get("/broken", request -> {
                                    throw new IllegalStateException("secret detail");
                                }),
                                Route.get("/locked", request -> {
                                    throw new StoreUnavailableException("secret detail");
                                })),
                        RequestObserver.NONE));
    }

    private Response waiting(Request request) {
        entered.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Response.text(200, "waited");
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(server.port());
    }

    @Test
    void answersWithLengthDateRequestIdAndHeadersThatKeepBrowsersStrict() throws IOException {
        try (RawConnection connection = connect()) {
            Answer answer = connection
                    .send("GET /hello?a=b HTTP/1.1\r\nHost: x\r\n\r\n")
                    .answer();

            assertThat(answer.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(answer.body()).isEqualTo("hello a=b");
            assertThat(answer.header("Content-Length")).isEqualTo("9");
            assertThat(answer.header("Date")).matches(HttpDateTest.IMF_FIXDATE);
            assertThat(answer.header("X-Request-Id")).matches("[a-z0-9]{12}");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    @Test
    void keepsConnectionsAndAnswersPipelinedRequestsInOrder() throws IOException { // RFC 9112 §9.3
        try (RawConnection connection = connect()) {
            connection.send("POST /echo HTTP/1.1\r\n"
                    + "Host: x\r\n"
                    + "Content-Length: 3\r\n\r\n"
                    + "oneGET /hello?2 HTTP/1.1\r\n"
                    + "Host: x\r\n\r\n"
                    + "POST /echo HTTP/1.1\r\n"
                    + "Host: x\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "3\r\n"
                    + "thr\r\n"
                    + "2\r\n"
                    + "ee\r\n"
                    + "0\r\n\r\n");
            assertThat(connection.answer().body()).isEqualTo("one");
            assertThat(connection.answer().body()).isEqualTo("hello 2");
            assertThat(connection.answer().body()).isEqualTo("three");
        }
    }

    @Test
    void closesWhenTheClientAsksForIt() throws IOException { // RFC 9112 §9.6
        try (RawConnection connection = connect()) {
            Answer answer = connection
                    .send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .answer();
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    @Test
    void understandsTheAbsoluteFormOfATarget() throws IOException { // RFC 9112 §3.2.2
        try (RawConnection connection = connect()) {
            assertThat(connection
                            .send("GET http://x/hello?q HTTP/1.1\r\nHost: x\r\n\r\n")
                            .answer()
                            .body())
                    .isEqualTo("hello q");
        }
    }

    @Test
    void answersHeadWithTheHeadersOfGetAlone() throws IOException { // RFC 9110 §9.3.2
        try (RawConnection connection = connect()) {
            Answer head = connection
                    .send("HEAD /hello?abc HTTP/1.1\r\nHost: x\r\n\r\n")
                    .answerWithoutBody();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("9");
            assertThat(connection
                            .send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                            .answer()
                            .head())
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void tellsAWaitingClientToContinue() throws IOException { // RFC 9110 §10.1.1
        try (RawConnection connection = connect()) {
            connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(connection.answerWithoutBody().status()).isEqualTo(100);
            assertThat(connection.send("hi").answer().body()).isEqualTo("hi");
        }
    }

    @Test
    void refusesABodyThatIsTooLongBeforeItIsSent() throws IOException {
        try (RawConnection connection = connect()) {
            Answer answer = connection
                    .send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 65537\r\n\r\n")
                    .answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    @Test
    void refusesALongBodyAndItsSenderReadsTheAnswer() throws IOException { // RFC 9112 §9.6
        try (RawConnection connection = connect()) {
            connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
            connection.send(new byte[200_000]);
            Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.body()).contains("\"error\":\"invalid_request\"");
            assertThat(connection.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"11170", "7fffffff"}) // 70000, and as many as fit
    void refusesChunksThatAreTooLong(String chunkSize) throws IOException { // RFC 9112 §7.1
        try (RawConnection connection = connect()) {
            // at once: the answer can be there, and the connection closing, before a second piece is sent
            connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunkSize + "\r\n"
                    + "x".repeat(70_000) + "\r\n0\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(413);
        }
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n");
            assertThat(connection.send(new byte[65_536]).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void failuresTellNothingButTheRequestId() throws IOException {
        try (RawConnection connection = connect()) {
            Answer broken = connection
                    .send("GET /broken HTTP/1.1\r\nHost: x\r\nX-Request-Id: from-caller_1.2\r\n\r\n")
                    .answer();
            assertThat(broken.status()).isEqualTo(500);
            assertThat(broken.body()).contains("server_error").doesNotContain("secret", "Exception");
            assertThat(broken.header("X-Request-Id")).isEqualTo("from-caller_1.2");

            Answer locked =
                    connection.send("GET /locked HTTP/1.1\r\nHost: x\r\n\r\n").answer();
            assertThat(locked.status()).isEqualTo(503);
            assertThat(locked.header("Retry-After")).isEqualTo("1");
            assertThat(locked.body()).contains("temporarily_unavailable").doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "<script>",
                "a,b",
                "0123456789012345678901234567890123456789012345678901234567890123456789"
            })
    void replacesARequestIdThatIsNotHarmless(String id) throws IOException {
        try (RawConnection connection = connect()) {
            Answer answer = connection
                    .send("GET /hello HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + id + "\r\n\r\n")
                    .answer();
            assertThat(answer.header("X-Request-Id")).matches("[a-z0-9]{12}");
        }
    }

    @Test
    void readsFormsOverTheWire() throws IOException {
        try (RawConnection connection = connect()) {
            Answer answer = connection
                    .send("POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                            + "Content-Length: 8\r\n\r\na=%C3%A4")
                    .answer();
            assertThat(answer.body()).isEqualTo("{\"a\":\"ä\"}");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void letsRunningRequestsFinishWhenItStops() throws Exception {
        HttpSettings settings = HttpSettings.of("127.0.0.1", 0);
        HttpServer patient =
                start(settings.withTimeouts(settings.requestTimeout(), settings.idleTimeout(), Duration.ofMinutes(1)));
        int port = patient.port();
        try (RawConnection connection = new RawConnection(port)) {
            connection.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
            entered.await();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(patient::close);
            awaitRefusal(port);
            release.countDown();
            assertThat(connection.answer().body()).isEqualTo("waited");
            stopped.join();
        }
    }

    /** Returns as soon as nobody listens any more. */
    private static void awaitRefusal(int port) {
        for (; ; ) {
            try (RawConnection _ = new RawConnection(port)) {
                Thread.onSpinWait();
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void answers503WhenTooManyRequestsRun() throws Exception {
        try (HttpServer small = start(HttpSettings.of("127.0.0.1", 0).withMaxConcurrentRequests(1));
                RawConnection first = new RawConnection(small.port());
                RawConnection second = new RawConnection(small.port())) {
            first.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
            entered.await();
            Answer refused =
                    second.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").answer();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            release.countDown();
            assertThat(first.answer().status()).isEqualTo(200);
            assertThat(second.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /hello HTTP/1.1\r\nHost: x\r\n", // a header section that never ends
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf", // a body that never ends
                "GET /hel" // a request line that never ends
            })
    void endsConnectionsWhoseRequestDoesNotArrive(String part) throws IOException {
        HttpSettings hasty = HttpSettings.of("127.0.0.1", 0)
                .withTimeouts(Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofSeconds(5));
        try (HttpServer impatient = start(hasty);
                RawConnection connection = new RawConnection(impatient.port())) {
            assertThat(connection.send(part).isAtEnd()).isTrue();
        }
    }

    @Test
    void saysWhyItCannotListen() {
        assertThatThrownBy(
                        () -> start(HttpSettings.of("127.0.0.1", server.port())).close())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port())
                .hasMessageContaining("in use");
    }

    @Test
    void looksThroughTrustedProxiesForTheClient() throws IOException {
        HttpSettings behindProxy =
                HttpSettings.of("127.0.0.1", 0).withTrustedProxies(TrustedProxies.parse(List.of("127.0.0.0/8")));
        try (HttpServer proxied = start(behindProxy);
                RawConnection connection = new RawConnection(proxied.port())) {
            assertThat(connection
                            .send("GET /address HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n")
                            .answer()
                            .body())
                    .isEqualTo("198.51.100.7");
        }
        try (RawConnection connection = connect()) {
            assertThat(connection
                            .send("GET /address HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n")
                            .answer()
                            .body())
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void aProxyThatIsNotTrustedIsToldOfOnce() throws IOException {
        try (CapturedLog log = CapturedLog.start();
                RawConnection connection = new RawConnection(server.port())) {
            for (String field : List.of("X-Forwarded-For: 203.0.113.5", "Forwarded: for=203.0.113.5")) {
                connection.send("GET /address HTTP/1.1\r\nHost: x\r\n" + field + "\r\n\r\n");
                assertThat(connection.answer().body()).isEqualTo("127.0.0.1");
            }
            assertThat(log.text()).containsOnlyOnce("a forwarding header came from 127.0.0.1");
        }
    }
}
