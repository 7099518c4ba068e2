package dev.latchkey.server.http;

import static dev.latchkey.server.http.Http2Connection.CONTINUATION;
import static dev.latchkey.server.http.Http2Connection.DATA;
import static dev.latchkey.server.http.Http2Connection.END_HEADERS;
import static dev.latchkey.server.http.Http2Connection.END_STREAM;
import static dev.latchkey.server.http.Http2Connection.GOAWAY;
import static dev.latchkey.server.http.Http2Connection.HEADERS;
import static dev.latchkey.server.http.Http2Connection.PING;
import static dev.latchkey.server.http.Http2Connection.RST_STREAM;
import static dev.latchkey.server.http.Http2Connection.SETTINGS;
import static dev.latchkey.server.http.Http2Connection.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.http.Http2Connection.Frame;
import dev.latchkey.server.tls.ServerTls;
import dev.latchkey.server.tls.TestAuthority;
import dev.latchkey.server.tls.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/2: the same answers as over HTTP/1.1, and the same bounds, frame by frame. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are part of what is tested
class Http2Test {
    private static final int PROTOCOL_ERROR = 1;
    private static final int FRAME_SIZE_ERROR = 6;
    private static final int COMPRESSION_ERROR = 9;
    private static final int ENHANCE_YOUR_CALM = 11;

    /** Whatever else is short: no test here is about a handshake. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();
    private final AtomicInteger requests = new AtomicInteger();
    private ServerTls tls;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        tls = ServerTls.open(
                TlsFiles.in(folder).write(authority.identity("localhost")).settings(), InstantSource.system());
        serve(HttpSettings.of("127.0.0.1", 0));
    }

    private void serve(HttpSettings settings) {
        server = HttpServer.start(
                settings.withTransport(new Transport(Optional.of(tls.context(HANDSHAKE_TIMEOUT)), false)),
                new Router(
                        List.of(
                                Route.get("/hello", request -> {
                                    requests.incrementAndGet();
                                    return Response.text(200, "hello " + request.query());
                                }),
                                Route.get("/nothing", _ -> Response.empty(204)),
                                Route.post(
                                        "/echo",
                                        request ->
                                                Response.text(200, new String(request.body(), StandardCharsets.UTF_8))),
                                Route.get("/broken", _ -> {
                                    throw new IllegalStateException("secret detail");
                                })),
                        RequestObserver.NONE));
    }

    @AfterEach
    void stop() {
        server.close();
        tls.close();
    }

    private Http2Connection open() throws IOException {
        return Http2Connection.open(authority.clientContext(), server.port());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
    }

    /** Still good for others, whatever one connection did. */
    private void assertServes() throws IOException {
        try (Http2Connection connection = open()) {
            assertThat(connection.get(1, "/hello?x").body()).isEqualTo("hello x");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void answersTheSameByEitherVersion(Version version) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(authority.clientContext())
                .build()) {
            HttpResponse<String> hello = client.send(request("/hello?a=b").build(), BodyHandlers.ofString());
            assertThat(hello.version()).isEqualTo(version);
            assertThat(hello.statusCode()).isEqualTo(200);
            assertThat(hello.body()).isEqualTo("hello a=b");
            assertThat(hello.headers().allValues("content-type")).containsExactly("text/plain; charset=utf-8");
            assertThat(hello.headers().allValues("content-length")).containsExactly("9");
            assertThat(hello.headers().allValues("x-content-type-options")).containsExactly("nosniff");
            assertThat(hello.headers().firstValue("x-request-id")).isPresent();
            assertThat(hello.headers().allValues("date"))
                    .singleElement()
                    .asString()
                    .matches(HttpDateTest.IMF_FIXDATE);
            assertThat(hello.headers().firstValue("strict-transport-security")).isEmpty();
            HttpResponse<String> echo = client.send(
                    request("/echo")
                            .POST(BodyPublishers.ofString("x".repeat(60_000)))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(echo.body()).hasSize(60_000);
            HttpResponse<String> tooLong = client.send(
                    request("/echo")
                            .POST(BodyPublishers.ofString("x".repeat(65_537)))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(tooLong.statusCode()).isEqualTo(413);
            HttpResponse<String> head = client.send(request("/hello").HEAD().build(), BodyHandlers.ofString());
            assertThat(head.headers().allValues("content-length")).containsExactly("6");
            assertThat(head.body()).isEmpty();
            assertThat(client.send(request("/nothing").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(204);
            assertThat(client.send(request("/missing").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
            HttpResponse<String> broken = client.send(request("/broken").build(), BodyHandlers.ofString());
            assertThat(broken.statusCode()).isEqualTo(500);
            assertThat(broken.body()).doesNotContain("secret");
        }
    }

    @Test
    void isAgreedOnInTheHandshakeOnly() throws IOException { // RFC 9113 §3.2
        try (Http2Connection connection = open()) {
            assertThat(connection.protocol()).isEqualTo("h2");
        }
        try (HttpServer clear = HttpServer.start(
                HttpSettings.of("127.0.0.1", 0),
                new Router(List.of(Route.get("/", _ -> Response.text(200, "x"))), RequestObserver.NONE))) {
            try (RawConnection upgrade = new RawConnection(clear.port())) {
                upgrade.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");
                assertThat(upgrade.answer().head()).startsWith("HTTP/1.1 200");
            }
            try (RawConnection preface = new RawConnection(clear.port())) {
                preface.send(Http2Connection.PREFACE);
                assertThat(preface.answer().status()).isIn(400, 505);
            }
        }
    }

    private int fate(Http2Connection connection) throws IOException {
        Frame frame = connection.next(GOAWAY, RST_STREAM);
        return frame.type() < 0 ? -1 : frame.code();
    }

    @Test
    void endsConnectionsThatBreakTheRules() throws IOException {
        byte[] good = Http2Connection.request("GET", "/hello");
        try (Http2Connection c = open()) { // RFC 9113 §6.2
            assertThat(fate(c.frame(HEADERS, END_HEADERS, 0, good))).isIn(PROTOCOL_ERROR, -1);
        }
        try (Http2Connection c = open()) { // an even stream is not the client's: §5.1.1
            assertThat(fate(c.frame(HEADERS, END_HEADERS | END_STREAM, 2, good)))
                    .isIn(PROTOCOL_ERROR, -1);
        }
        try (Http2Connection c = open()) { // §4.2
            assertThat(fate(c.frame(DATA, 0, 1, new byte[16_385]))).isIn(FRAME_SIZE_ERROR, -1);
        }
        try (Http2Connection c = open()) { // §6.5: six bytes each
            assertThat(fate(c.frame(SETTINGS, 0, 0, new byte[5]))).isIn(FRAME_SIZE_ERROR, -1);
        }
        try (Http2Connection c = open()) { // §6.9: an increment of nothing
            assertThat(fate(c.frame(WINDOW_UPDATE, 0, 0, new byte[4]))).isIn(PROTOCOL_ERROR, -1);
        }
        try (Http2Connection c = open()) { // §6.10: nothing to continue
            assertThat(fate(c.frame(CONTINUATION, END_HEADERS, 1, good))).isIn(PROTOCOL_ERROR, -1);
        }
        try (Http2Connection c = open()) { // RFC 7541 §6.1: no such index
            assertThat(fate(c.frame(HEADERS, END_HEADERS | END_STREAM, 1, new byte[] {(byte) 0xff, 0x7f})))
                    .isIn(COMPRESSION_ERROR, PROTOCOL_ERROR, -1);
        }
        try (Http2Connection c = new Http2Connection(authority.clientContext(), server.port())) { // §3.4
            c.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(fate(c)).isIn(PROTOCOL_ERROR, 2, -1);
        }
        assertThat(requests).hasValue(0);
        assertServes();
    }

    @Test
    void refusesHeadersThatAreTooLong() throws IOException {
        try (Http2Connection c = open()) {
            c.frame(HEADERS, END_STREAM, 1, Http2Connection.request("GET", "/hello", "x", "y".repeat(16_000)));
            c.frame(CONTINUATION, END_HEADERS, 1, Http2Connection.fields("z", "y".repeat(16_000)));
            Frame frame = c.next(GOAWAY, RST_STREAM, HEADERS);
            assertThat(frame.type()).isIn(GOAWAY, RST_STREAM, HEADERS, -1);
        }
        assertThat(requests).hasValue(0);
        assertServes();
    }

    @Test
    void cutsHeadersWithoutEnd() throws IOException { // CVE-2024-24549 and its kin
        try (Http2Connection c = open()) {
            c.frame(HEADERS, END_STREAM, 1, Http2Connection.request("GET", "/hello"));
            byte[] more =
                    Http2Connection.frameBytes(CONTINUATION, 0, 1, Http2Connection.fields("x", "y".repeat(8_000)));
            assertThat(sendsUntilRefused(c, more, 1000)).isTrue();
        }
        assertServes();
    }

    @Test
    void cutsEmptyFramesWithoutEnd() throws IOException { // CVE-2019-9518
        try (Http2Connection c = open()) {
            c.frame(HEADERS, END_HEADERS, 1, Http2Connection.request("POST", "/echo"));
            assertThat(sendsUntilRefused(c, Http2Connection.frameBytes(DATA, 0, 1, new byte[0]), 100_000))
                    .isTrue();
        }
        assertServes();
    }

    private static boolean sendsUntilRefused(Http2Connection connection, byte[] frame, int times) {
        try {
            for (int i = 0; i < times; i++) {
                connection.send(frame);
            }
            return connection.next(GOAWAY).type() != DATA;
        } catch (IOException e) {
            return true; // the server closed
        }
    }

    /** Streams that are begun and reset at once cost the client nothing and the server an answer each (CVE-2023-44487). */
    @Test
    void endsAConnectionThatResetsInRapidSuccession() throws IOException {
        try (Http2Connection c = open()) {
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            for (int stream = 1; stream < 2_000; stream += 2) {
                burst.writeBytes(Http2Connection.frameBytes(
                        HEADERS, END_HEADERS, stream, Http2Connection.request("POST", "/echo")));
                burst.writeBytes(Http2Connection.frameBytes(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
            }
            assertThat(endOf(c, burst.toByteArray())).isIn(ENHANCE_YOUR_CALM, -1);
        }
        assertThat(requests.get()).isLessThan(200);
        assertServes();
    }

    private static int endOf(Http2Connection connection, byte[] burst) {
        try {
            connection.send(burst);
            Frame frame = connection.next(GOAWAY);
            return frame.type() < 0 ? -1 : frame.code();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void aBodyThatDripsEndsTheConnection() throws IOException {
        serveWith(Duration.ofMillis(300), Duration.ofSeconds(60));
        try (Http2Connection c = open()) {
            ByteArrayOutputStream begin = new ByteArrayOutputStream();
            begin.writeBytes(Http2Connection.frameBytes(
                    HEADERS, END_HEADERS, 1, Http2Connection.request("POST", "/echo", "content-length", "10")));
            begin.writeBytes(Http2Connection.frameBytes(DATA, 0, 1, new byte[1]));
            c.send(begin.toByteArray());
            assertThat(c.next(RST_STREAM, GOAWAY, HEADERS).type()).isIn(GOAWAY, RST_STREAM, -1);
        }
    }

    @Test
    @Timeout(120)
    void aConnectionThatOnlyPingsIsIdle() throws IOException {
        serveWith(Duration.ofSeconds(60), Duration.ofMillis(300));
        try (Http2Connection c = openAndAnswered()) {
            byte[] ping = Http2Connection.frameBytes(PING, 0, 0, new byte[8]);
            assertThat(c.nextAfter(ping, GOAWAY).type()).isIn(GOAWAY, -1);
        }
    }

    /** On a busy machine a connection can be idle for too long before its first request. */
    private Http2Connection openAndAnswered() {
        while (true) {
            try {
                Http2Connection connection = open();
                if (connection.get(1, "/hello").body().equals("hello ")) {
                    return connection;
                }
                connection.close();
            } catch (IOException e) {
                Thread.onSpinWait(); // it has ended already
            }
        }
    }

    private void serveWith(Duration requestTimeout, Duration idleTimeout) {
        server.close();
        serve(HttpSettings.of("127.0.0.1", 0).withTimeouts(requestTimeout, idleTimeout, Duration.ofSeconds(1)));
    }

    /** A client that opens no window gets no body, and its connection does not stay for that. */
    @Test
    void aClientThatTakesNothingIsCut() throws IOException {
        serveWith(Duration.ofMillis(300), Duration.ofSeconds(3));
        try (Http2Connection c = new Http2Connection(authority.clientContext(), server.port())) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(Http2Connection.PREFACE.getBytes(StandardCharsets.US_ASCII));
            byte[] noWindow = {0, 4, 0, 0, 0, 0};
            all.writeBytes(Http2Connection.frameBytes(SETTINGS, 0, 0, noWindow));
            all.writeBytes(Http2Connection.frameBytes(
                    HEADERS, END_STREAM | END_HEADERS, 1, Http2Connection.request("GET", "/hello")));
            assertThat(c.nextAfter(all.toByteArray(), DATA, GOAWAY).type()).isIn(GOAWAY, -1);
        }
    }
}
