package dev.latchkey.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.http.ErrorResponse;
import dev.latchkey.server.http.Headers;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.token.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line of the log looks like, and what can never be in one. */
class LogTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private EventLog log(LogFormat format) {
        Logger logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.INFO);
        logger.addHandler(new StandardErrorLog.LineHandler(
                new PrintStream(out, false, StandardCharsets.UTF_8), new LineFormatter(format)));
        return new EventLog(logger);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Request request() {
        return new Request(
                "POST", "/token", "code=abc", Headers.of(), new byte[0], InetAddress.getLoopbackAddress(), "req-1");
    }

    @Test
    void textIsTimeLevelEventAndFields() {
        log(LogFormat.TEXT)
                .info(LogEvent.of("login")
                        .with("user", "alice b")
                        .with("tries", 3)
                        .with("took", Duration.ofMillis(5)));
        assertThat(written()).matches("\\S+Z info login user=\"alice b\" tries=3 took_ms=5\n");
    }

    @Test
    void jsonIsAnObjectALine() {
        log(LogFormat.JSON).warn(LogEvent.of("login").with("user", "a\"b").with("ok", false));
        Map<String, Object> line = Json.parseObject(written().strip());
        assertThat(line)
                .containsEntry("level", "warn")
                .containsEntry("event", "login")
                .containsEntry("user", "a\"b")
                .containsEntry("ok", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\u001b[31mb", "a\u2028b", "a\u202eb", "a\u0000b", "a\u0085b"})
    void noValueBreaksOutOfItsLine(String value) {
        log(LogFormat.TEXT).info(LogEvent.of("x").with("v", value));
        assertThat(written()).hasLineCount(1).endsWith("\n").contains("\\u{");
        assertThat(written().strip().chars()).noneMatch(c -> c < 0x20 || c == 0x2028 || c == 0x202e || c == 0x85);
    }

    @Property(tries = 300)
    void aLineStaysALineWhateverIsInIt(@ForAll String value) {
        out.reset();
        log(LogFormat.TEXT).info(LogEvent.of("x").with("v", value));
        assertThat(written().chars().filter(c -> c == '\n').count()).isEqualTo(1);
    }

    @Test
    void longValuesAreCut() {
        log(LogFormat.TEXT).info(LogEvent.of("x").with("v", "a".repeat(10_000)));
        assertThat(written().length()).isLessThan(300);
        assertThat(written()).contains("…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "client_secret", "refresh_token", "Authorization", "code"})
    void fieldsWithSecretNamesAreHidden(String name) {
        log(LogFormat.JSON).info(LogEvent.of("x").with(name, "hunter2hunter2"));
        assertThat(written()).doesNotContain("hunter2").contains("[hidden]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.c2lnaHVudGVyMg",
                "Bearer hunter2hunter2",
                "Basic aHVudGVyMmh1bnRlcjI=",
                "bad form: password=hunter2&x=1",
                "bad json: {\"refresh_token\": \"hunter2\"}"
            })
    void secretsInsideOtherTextAreHidden(String text) {
        log(LogFormat.TEXT).error(LogEvent.of("x").with("v", text), new IllegalStateException(text));
        assertThat(written())
                .doesNotContain("hunter2", "eyJzdWIi", "aHVudGVyMmh")
                .contains("[hidden]");
    }

    @Test
    void exceptionsAreOnTheSameLine() {
        log(LogFormat.TEXT)
                .error(LogEvent.of("failed"), new IllegalStateException("outer\nline", new RuntimeException("inner")));
        assertThat(written())
                .hasLineCount(1)
                .contains("outer", "u{a}line", "caused by java.lang.RuntimeException: inner", "LogTest");
    }

    /** A thousand a second of them would fill the disk that the store may be on. */
    @Test
    void aStoreThatIsAwayIsToldInFewWords() {
        IOException refused = new IOException("refused", new ConnectException("nobody listens"));
        log(LogFormat.TEXT).error(LogEvent.of("failed"), new StoreUnavailableException("no connection", refused));
        assertThat(written())
                .hasLineCount(1)
                .contains("no connection at ", "IOException: refused caused by ", "ConnectException: nobody listens\"")
                .hasSizeLessThan(900);
    }

    @Test
    void refusalsAreLoggedAndSuccessesOnlyOnRequest() {
        RequestLog quiet = new RequestLog(log(LogFormat.TEXT), false);
        quiet.answered("/token", request(), Response.text(200, "ok"), 1_000_000);
        assertThat(written()).isEmpty();

        quiet.answered("/token", request(), ErrorResponse.of(OAuthError.invalidGrant("Too old")), 1_000_000);
        assertThat(written())
                .contains(
                        "request_refused request_id=req-1", "route=/token", "error=invalid_grant", "reason=\"Too old\"")
                .doesNotContain("abc");

        out.reset();
        new RequestLog(log(LogFormat.TEXT), true).answered("/token", request(), Response.text(200, "ok"), 1_000_000);
        assertThat(written()).contains(" request request_id=req-1", "status=200");
    }
}
