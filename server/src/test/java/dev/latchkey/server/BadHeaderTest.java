package dev.latchkey.server;

import static dev.latchkey.server.BadInputTest.GARBAGE;
import static dev.latchkey.server.BadInputTest.MARK;
import static dev.latchkey.server.BadInputTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.http.RawConnection;
import dev.latchkey.server.http.Route;
import dev.latchkey.token.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad credentials, queries and paths at every route, and bad JSON where JSON is taken: like {@link BadInputTest}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadHeaderTest {
    private static final Set<String> BEARER_ROUTES = Set.of("/users/me", "/userinfo");
    private static final List<String> CREDENTIALS = List.of(
            MARK,
            "Basic",
            "Basic !" + MARK,
            basic(MARK),
            basic(":" + MARK),
            basic(MARK + ":%zz"),
            basic(MARK + "%00:" + MARK),
            basic("%ed%a0%80:" + MARK),
            basic("\u0000:" + MARK),
            basic("service:" + MARK + "x".repeat(7_000)),
            "Bearer",
            "Bearer " + MARK,
            "Bearer a b",
            "Bearer ..",
            "Bearer eyJhbGciOiJub25lIn0.e30.",
            "Bearer eyJhbGciOiJFUzI1NiJ9." + MARK + ".AAAA",
            "Bearer " + MARK + "x".repeat(10_000),
            "Bearer \u00e9" + MARK,
            "Digest username=\"" + MARK + "\"",
            "DPoP " + MARK);

    private final TestServer server = TestServer.start(
            "lock-out: {account-failures: 1000, address-failures: 100000}\n" + TestServer.CONFIGURATION);
    private final CapturedLog log = CapturedLog.start();
    private Map<String, Long> stored = Map.of();

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
    }

    @BeforeEach
    void count() throws SQLException {
        stored = StoredRows.of(server);
    }

    @AfterEach
    void nothingIsStored() throws SQLException {
        assertThat(StoredRows.of(server)).isEqualTo(stored);
    }

    @AfterAll
    void nothingOfItIsInTheLog() {
        server.close();
        log.close();
        assertThat(log.text())
                .contains("request_refused")
                .doesNotContain("request_failed", "Exception", MARK, TestServer.PASSWORD);
    }

    private Stream<Route> routes() {
        return server.server().routes().stream();
    }

    private HttpRequest.Builder request(Route route) {
        HttpRequest.Builder request = server.request(route.path());
        return route.method().equals("GET")
                ? request
                : request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "grant_type=client_credentials&username=alice&password=x&token=" + MARK));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void badCredentialsOpenNothing(Route route) {
        for (String credentials : CREDENTIALS) {
            Answer answer = server.send(request(route).header("Authorization", credentials));
            if (BadInputTest.answersWithAPage(route.path())) {
                assertThat(answer.status()).as(credentials).isIn(200, 303, 400); // credentials are none of theirs
            } else if (BEARER_ROUTES.contains(route.path())) {
                assertRefused(answer, 400, 401);
            } else if (route.method().equals("GET") || route.path().equals("/revoke")) {
                assertThat(answer.status()).as(credentials).isIn(200, 400, 401);
            } else {
                assertRefused(answer, 400, 401);
            }
            if (answer.status() == 401) {
                assertThat(answer.header("WWW-Authenticate")).isPresent(); // RFC 9110 §15.5.2
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void badQueriesChangeNothing(Route route) throws IOException {
        for (String garbage : GARBAGE) {
            if (route.method().equals("GET") && garbage.length() < 5_000) {
                String query = garbage.replaceAll("[\"<> ]", "");
                RawConnection.Answer answer = get(route.path() + "?" + query + "=" + query);
                assertThat(answer.status()).as(query).isIn(200, 400, 401);
                assertThat(answer.body()).doesNotContain(MARK);
            }
        }
    }

    private RawConnection.Answer get(String target) throws IOException {
        try (RawConnection connection = new RawConnection(server.server().port())) {
            return connection
                    .send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .answer();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../../../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/docs/../../latchkey.yaml",
                "/docs/%2e%2e%2fdata/master.key",
                "/docs/x/swagger-ui.css",
                "//users/me",
                "/users//me",
                "/users/me/x",
                "/users/me;x=y",
                "/users%2fme",
                "/users/me%00",
                "/USERS/ME",
                "/token/",
                "/%ff%fe",
                "/%zz",
                "/latchkey.db",
                "/.git/config",
                "*"
            })
    void otherPathsLeadNowhere(String path) throws IOException {
        RawConnection.Answer answer = get(path);
        assertThat(answer.status()).as(answer.body()).isIn(400, 404);
        assertThat(Json.parseObject(answer.body())).containsKey("detail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{}",
                "{\"username\":\"alice\"}",
                "{\"username\":\"alice\",\"password\":null}",
                "{\"username\":\"alice\",\"password\":1}",
                "{\"username\":\"alice\",\"password\":[\"x\"]}",
                "{\"username\":{\"$ne\":null},\"password\":\"x\"}",
                "{\"username\":\"alice\",\"password\":\"x\",\"password\":\"y\"}",
                "{\"username\":\"alice\",\"password\":\"\\ud800\"}",
                "{\"username\":\"\\udfff\",\"password\":\"x\"}",
                "{\"username\":\"alice\\u0000\",\"password\":\"x\"}",
                "{\"username\":\"alice\",\"password\":\"x\"}x",
                "{\"username\":\"alice\",\"password\":\"x\",}",
                "{'username':'alice','password':'x'}",
                "{\"username\":\"alice\",\"password\":\"\u00ff\u00fe\"}", // sent as bytes that are no UTF-8
                "\u00ef\u00bb\u00bf{\"username\":\"alice\",\"password\":\"x\"}",
                "{\"username\":\"alice\",\"password\":\"x\",\"n\":1e999999999}",
                "{\"username\":\"alice\",\"password\":\"x\",\"scope\":\"\\n\"}",
                "{\"username\":\"alice\",\"password\":\"x\",\"client_id\":\"\\u202e\"}"
            })
    void badJsonLogsNobodyIn(String json) {
        assertRefused(login(json), 400, 401);
    }

    @Test
    void deepAndLongJsonLogsNobodyIn() {
        assertRefused(login("[".repeat(60_000)), 400);
        assertRefused(login("{\"a\":".repeat(10_000)), 400);
        assertRefused(login("{\"username\":\"alice\",\"password\":\"" + "x".repeat(40_000) + "\"}"), 400, 401);
        assertRefused(login("{\"username\":\"alice\",\"password\":\"" + "x".repeat(70_000) + "\"}"), 413);
        assertRefused(login("{\"n\":" + "1".repeat(50_000) + "}"), 400);
    }

    private Answer login(String json) {
        return server.send(server.request("/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json, StandardCharsets.ISO_8859_1)));
    }
}
