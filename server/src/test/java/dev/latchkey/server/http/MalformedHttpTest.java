package dev.latchkey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.http.RawConnection.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client sends by accident: each ends with an answer in JSON and, where framing is in doubt, the connection. */
class MalformedHttpTest {
    private final AtomicInteger smuggled = new AtomicInteger();
    private final HttpServer server = HttpServer.start(
            HttpSettings.of("127.0.0.1", 0),
            new Router(
                    List.of(
                            Route.get("/hello", request -> Response.text(200, "hello")),
                            Route.post("/echo", request -> Response.text(200, "" + request.body().length)),
                            Route.get("/smuggled", request -> {
                                smuggled.incrementAndGet();
                                return Response.text(200, "smuggled");
                            })),
                    RequestObserver.NONE));

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer answerTo(String bytes) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            return connection.send(bytes).answer();
        }
    }

    /** Framing that two servers could read differently: 400, and nothing after it on that connection is a request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\nTransfer-Encoding: chunked", // RFC 9112 §6.1
                "Transfer-Encoding: chunked\nContent-Length: 5",
                "Content-Length: 5\nContent-Length: 6", // RFC 9112 §6.3
                "Content-Length: 5\nContent-Length: 5",
                "Content-Length: 5, 5",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length:",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: chunked, identity", // RFC 9112 §6.3: chunked is the last
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
                "Transfer-Encoding:",
                "Content-Length : 5", // RFC 9112 §5.1: no space before the colon
                "Transfer-Encoding : chunked",
                " Content-Length: 5", // RFC 9112 §2.2 and §5.2: nothing folded
                "X-A: 1\n Content-Length: 5",
                "X-A: 1\n\tfolded: 5",
                "No-Colon",
                ": no name",
                "X\u0000: 1", // RFC 9110 §5.5 and §5.6.2
                "X-A: a\u0000b",
                "X-A: a\rb",
                "X(A): 1"
            })
    void refusesFramingInDoubt(String headers) throws IOException {
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + headers.replace("\n", "\r\n")
                    + "\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
            Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.body()).contains("\"error\":\"invalid_request\"").doesNotContain("Exception", "\tat ");
            assertThat(answer.header("Date")).matches(HttpDateTest.IMF_FIXDATE);
            assertThat(answer.header("X-Request-Id")).isNotEmpty();
            assertThat(smuggled).hasValue(0);
        }
    }

    @Test
    void refusesLinesThatEndWithALoneLineFeed() throws IOException { // RFC 9112 §2.2
        assertThat(answerTo("GET /hello HTTP/1.1\nHost: x\n\n").status()).isEqualTo(400);
        assertThat(answerTo("GET /hello HTTP/1.1\r\nHost: x\nX: y\r\n\r\n").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nhello\r\n0\r\n\r\n",
                "-1\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "5;ext=1\r\nhello\r\n0\r\n\r\n" // stricter than the RFC: no client of this server has extensions
            })
    void refusesOddChunks(String body) throws IOException { // RFC 9112 §7.1
        Answer answer = answerTo("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Connection")).isEqualTo("close");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/hello,HTTP/2.0,400", // RFC 9112 §2.3
        "GET,/hello,HTTP/1.0,505",
        "GET,/hello,http/1.1,400",
        "GET,/hello,XTTP/1.1,400",
        "G<T,/hello,HTTP/1.1,400",
        "GET,/hello%zz,HTTP/1.1,400",
        "GET,/hello%0,HTTP/1.1,400",
        "GET,/../hello,HTTP/1.1,404",
        "GET,/x/../hello,HTTP/1.1,404",
        "GET,/%2e%2e/hello,HTTP/1.1,404",
        "GET,/..%2f..%2fetc/passwd,HTTP/1.1,404",
        "GET,//hello,HTTP/1.1,404",
        "GET,/hello/,HTTP/1.1,404",
        "GET,/hello;a=b,HTTP/1.1,404",
        "GET,/%68ello,HTTP/1.1,404", // one spelling of a path is enough
        "BREW,/hello,HTTP/1.1,405",
        "CONNECT,x:443,HTTP/1.1,404",
        "OPTIONS,*,HTTP/1.1,404"
    })
    void answersEachOddRequestLine(String method, String target, String version, int status) throws IOException {
        Answer answer = answerTo(method + " " + target + " " + version + "\r\nHost: x\r\n\r\n");
        assertThat(answer.body()).startsWith("{\"error\":");
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void wantsExactlyOneHost() throws IOException { // RFC 9112 §3.2
        assertThat(answerTo("GET /hello HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
        assertThat(answerTo("GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").status())
                .isEqualTo(400);
        assertThat(answerTo("GET /hello HTTP/1.1\r\nHost: a b\r\n\r\n").status())
                .isEqualTo(400);
    }

    @Test
    void boundsTheRequestLineAndTheHeaderSection() throws IOException { // RFC 9112 §3, RFC 9110 §5.4
        assertThat(answerTo("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .status())
                .isEqualTo(414);
        assertThat(answerTo("GET /hello HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n")
                        .status())
                .isIn(400, 431);
        assertThat(answerTo("GET /hello HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(4_000) + "\r\n")
                        .status())
                .isIn(400, 431);
    }

    @Test
    void theSameMethodInLowerCaseIsNoOther() throws IOException {
        assertThat(answerTo("get /hello HTTP/1.1\r\nHost: x\r\n\r\n").status()).isIn(200, 405);
    }
}
