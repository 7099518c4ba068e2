package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.authorize.Pkce;
import dev.latchkey.server.http.Route;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What no honest client sends, at every route there is: a refusal as JSON, never a failure, nothing stored, and nothing that
 * was sent in the log.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String SECRET = "service-secret-service-secret-00";
    private static final String FORM_SECRET = "form-secret-form-secret-form-000";
    /** In everything that is sent, so that it can be looked for. */
    static final String MARK = "zqxMARKzqx";
    /** Values as they are sent: encoded well or badly. */
    static final List<String> GARBAGE = List.of(
            MARK,
            MARK + "%00",
            MARK + "%01%0b%1f%7f",
            MARK + "%0d%0aX-Injected:%20yes",
            MARK + "%ff%fe",
            MARK + "%c0%af", // overlong
            MARK + "%ed%a0%80", // half of a surrogate pair
            MARK + "%ef%bf%bf",
            MARK + "%f4%90%80%80", // beyond the last code point
            MARK + "%f0%9f%92%a9",
            MARK + "%e2%80%ae",
            MARK + "%",
            MARK + "%4",
            MARK + "%zz",
            MARK + "%u0041",
            MARK + "\u00e9",
            MARK + "%22%5c%3c%3e",
            MARK + "'%20or%201=1%20--",
            MARK + "%24%7bjndi:ldap://x%7d",
            MARK + "x".repeat(10_000),
            MARK + "x".repeat(33_000),
            MARK + ".".repeat(100),
            "%00",
            "+++");

    private final TestServer server = TestServer.start(
            "lock-out: {account-failures: 1000, address-failures: 100000}\n" + TestServer.CONFIGURATION);
    private final CapturedLog log = CapturedLog.start();
    private final Answer tokens = server.login();
    private Map<String, Long> stored = Map.of();

    /** A request that is answered with 200 or 201 as long as nothing of it is changed. */
    record Good(String path, Optional<String> authorization, Map<String, String> parameters) {
        @Override
        public String toString() {
            return path + " " + parameters.getOrDefault("grant_type", "");
        }
    }

    @BeforeAll
    void everyPlaceThatTakesAFormIsTested() {
        Set<String> forms = requests().map(Good::path).collect(Collectors.toCollection(TreeSet::new));
        assertThat(posts()).containsAll(forms);
        assertThat(posts().stream().filter(path -> !forms.contains(path) && !answersWithAPage(path)))
                .containsExactly("/userinfo");
    }

    /** Those for people are attacked in a package of their own, since they answer otherwise. */
    static boolean answersWithAPage(String path) {
        return Stream.of("/authorize", "/account", "/logout").anyMatch(path::startsWith);
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
                .doesNotContain("request_failed", "Exception", MARK, TestServer.PASSWORD, SECRET, FORM_SECRET)
                .doesNotContain(tokens.text("access_token"), tokens.text("refresh_token"));
    }

    private Stream<Route> routes() {
        return server.server().routes().stream();
    }

    private List<String> posts() {
        return routes().filter(route -> route.method().equals("POST"))
                .map(Route::path)
                .toList();
    }

    Stream<Good> requests() {
        Optional<String> service = Optional.of(TestServer.basic("service", SECRET));
        return Stream.of(
                new Good(
                        "/login",
                        Optional.empty(),
                        ordered(
                                "username",
                                "alice",
                                "password",
                                TestServer.PASSWORD,
                                "scope",
                                "openid",
                                "grant_type",
                                "password",
                                "client_id",
                                "first-party")),
                new Good(
                        "/token",
                        service,
                        ordered(
                                "grant_type",
                                "password",
                                "username",
                                "alice",
                                "password",
                                TestServer.PASSWORD,
                                "scope",
                                "openid",
                                "resource",
                                "https://orders.example",
                                "client_id",
                                "service")),
                new Good(
                        "/token",
                        Optional.empty(),
                        ordered(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "form",
                                "client_secret",
                                FORM_SECRET,
                                "scope",
                                "orders:read")),
                new Good(
                        "/token",
                        Optional.empty(),
                        ordered(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                tokens.text("refresh_token"),
                                "scope",
                                "openid",
                                "client_id",
                                "first-party")),
                new Good(
                        "/revoke",
                        Optional.empty(),
                        ordered("token", "unknown", "token_type_hint", "access_token", "client_id", "first-party")),
                push(service),
                new Good(
                        "/introspect",
                        service,
                        ordered("token", tokens.text("access_token"), "token_type_hint", "access_token")));
    }

    private static Good push(Optional<String> authorization) {
        return new Good(
                "/par",
                authorization,
                ordered(
                        "response_type",
                        "code",
                        "client_id",
                        "service",
                        "redirect_uri",
                        "https://service.example/callback",
                        "code_challenge",
                        Pkce.CHALLENGE,
                        "code_challenge_method",
                        "S256"));
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], TestServer.encode(pairs[i + 1]));
        }
        return map;
    }

    private static String form(Map<String, String> encoded) {
        return encoded.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
    }

    private Answer send(Good good, String form) {
        HttpRequest.Builder request = server.request(good.path()).header("Content-Type", FORM);
        good.authorization().ifPresent(authorization -> request.header("Authorization", authorization));
        return server.send(request.POST(BodyPublishers.ofString(form, StandardCharsets.ISO_8859_1)));
    }

    /** Refused with one of the statuses, as JSON that says why and repeats nothing. */
    static void assertRefused(Answer answer, Integer... statuses) {
        assertThat(answer.status()).as(answer.body()).isIn((Object[]) statuses);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.json()).containsKey("detail");
        if (answer.json().containsKey("error")) {
            assertThat(answer.text("error_description")).matches("[ !#-\\[\\]-~]+"); // RFC 6749 §5.2
        }
        assertThat(answer.body()).doesNotContain(MARK, "Exception", "\tat ", "dev.latchkey");
        assertThat(answer.header("X-Injected")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void otherMethodsAreNotAllowed(Route route) {
        Set<String> served = routes().filter(other -> other.path().equals(route.path()))
                .map(Route::method)
                .collect(Collectors.toSet());
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")) {
            if (!served.contains(method)) {
                Answer answer = server.send(server.request(route.path()).method(method, BodyPublishers.noBody()));
                assertRefused(answer, 405);
                assertThat(List.of(answer.header("Allow").orElse("").split(", ", -1)))
                        .containsAll(served)
                        .doesNotContain(method);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void otherContentTypesAreRefused(Good good) {
        List<String> types = new ArrayList<>(List.of(
                "text/plain",
                "application/xml",
                "multipart/form-data; boundary=x",
                FORM + "x",
                FORM + ", " + FORM,
                "x"));
        if (!good.path().equals("/login")) {
            types.add("application/json");
        }
        for (String type : types) {
            assertRefused(
                    server.send(server.request(good.path())
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofString(form(good.parameters())))),
                    415);
        }
        assertRefused(
                server.send(server.request(good.path()).POST(BodyPublishers.ofString(form(good.parameters())))), 415);
    }

    @ParameterizedTest
    @MethodSource("posts")
    void bodiesThatAreTooLargeAreRefused(String path) {
        HttpRequest.Builder request = server.request(path).header("Content-Type", FORM);
        assertRefused(server.send(request.POST(BodyPublishers.ofString("x=" + "y".repeat(70_000)))), 413);
        assertRefused(
                server.send(request.POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[70_000])))),
                413);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void repeatedParametersAreRefused(Good good) {
        good.parameters().forEach((name, value) -> {
            if (!name.equals("resource")) { // RFC 8707 §2
                Answer answer = send(good, form(good.parameters()) + "&" + name + "=" + value);
                assertRefused(answer, 400);
                assertThat(answer.json()).containsEntry("error", "invalid_request");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("requests")
    void garbageIsRefusedInEveryParameter(Good good) {
        for (String name : good.parameters().keySet()) {
            for (String garbage : GARBAGE) {
                Map<String, String> changed = new LinkedHashMap<>(good.parameters());
                changed.put(name, garbage);
                Answer answer = send(good, form(changed));
                if (answer.status() == 200) {
                    // RFC 7009 §2.2, RFC 7662 §2.2: a token that does not count is no error, nor is a hint
                    assertThat(name).as(garbage).isIn("token", "token_type_hint");
                    assertThat(good.path()).isIn("/revoke", "/introspect");
                    assertThat(name.equals("token") ? answer.body() : "").doesNotContain("true");
                } else {
                    assertRefused(answer, 400, 401);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void garbageIsNoNameAndNoForm(Good good) {
        Map<String, String> incomplete = new LinkedHashMap<>(good.parameters());
        incomplete.remove(good.parameters().keySet().iterator().next());
        for (String garbage : GARBAGE) {
            assertRefused(send(good, form(incomplete) + "&" + garbage + "=x"), 400, 401);
            assertRefused(send(good, garbage), 400, 401);
        }
        assertRefused(send(good, ""), 400, 401);
        assertRefused(send(good, "&=&=x&&"), 400, 401);
        assertRefused(send(good, form(good.parameters()) + "&a=".repeat(200)), 400);
    }
}
