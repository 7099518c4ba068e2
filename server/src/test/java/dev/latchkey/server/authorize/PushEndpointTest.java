package dev.latchkey.server.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.Visit;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.server.push.PushedRequest;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code POST /par}: who may push, what, and how much (RFC 9126 §2). */
class PushEndpointTest extends PushScene {
    @Test
    void aPushIsAnsweredByAUriThatCannotBeGuessed() {
        Answer answer = push();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json()).containsOnlyKeys("request_uri", "expires_in").containsEntry("expires_in", 60L);
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        Set<String> uris = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            assertThat(uris.add(pushed())).isTrue();
        }
        assertThat(uris).allMatch(uri -> uri.matches("urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}"));
    }

    Stream<Arguments> proofs() {
        return Stream.of(
                arguments("posting", List.of("client_secret", SHARED_SECRET)),
                arguments("spa", List.of("redirect_uri", "https://spa.example/callback")),
                arguments("shared", assertion("shared", secretKey())),
                arguments("keys", assertion("keys", KEY)));
    }

    private static Jwk secretKey() {
        return Jwk.secret(Algorithm.HS256, SHARED_SECRET.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> assertion(String client, Jwk key) {
        String assertion = Jwt.create(server.clock())
                .issuer(client)
                .subject(client)
                .audience(server.url())
                .expiresIn(Duration.ofMinutes(1))
                .id(UUID.randomUUID().toString())
                .sign(key);
        return List.of("client_assertion_type", ClientAssertions.TYPE, "client_assertion", assertion);
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void everyWayToAuthenticateWorks(String client, List<String> proof) {
        Answer answer = server.post("/par", request(client, proof.toArray(String[]::new)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        Visit login = browser().authorize("client_id", client, "request_uri", answer.text("request_uri"));
        assertThat(login.status()).isEqualTo(200);
    }

    @Test
    void whatProvesTheClientIsNotKept() {
        for (Answer answer : List.of(
                server.post("/par", request("posting", "client_secret", SHARED_SECRET)),
                server.post("/par", request("keys", assertion("keys", KEY).toArray(String[]::new))))) {
            String uri = answer.text("request_uri");
            String hash = ClientSecret.hash(uri.substring(uri.lastIndexOf(':') + 1));

            PushedRequest kept = server.server()
                    .issuer()
                    .stores()
                    .pushedRequests()
                    .find(hash)
                    .orElseThrow();
            assertThat(kept.parameters().names())
                    .contains("client_id", "scope", "state")
                    .doesNotContain("client_secret", "client_assertion", "client_assertion_type");
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(List.of("client_id", ""), "invalid_request"),
                arguments(List.of("client_id", "plain"), "invalid_request"),
                arguments(List.of("redirect_uri", ""), "invalid_request"),
                arguments(List.of("redirect_uri", "https://evil.example/"), "invalid_request"),
                arguments(List.of("redirect_uri", REDIRECT_URI + "/more"), "invalid_request"),
                arguments(List.of("response_type", ""), "invalid_request"),
                arguments(List.of("response_type", "token"), "unsupported_response_type"),
                arguments(List.of("response_mode", "smoke"), "invalid_request"),
                arguments(List.of("code_challenge", ""), "invalid_request"),
                arguments(List.of("code_challenge_method", "plain"), "invalid_request"),
                arguments(List.of("code_challenge", "short"), "invalid_request"),
                arguments(List.of("prompt", "none login"), "invalid_request"),
                arguments(List.of("max_age", "-1"), "invalid_request"),
                arguments(List.of("claims", "{"), "invalid_request"),
                arguments(List.of("resource", "https://evil.example"), "invalid_target"),
                arguments(List.of("state", "x".repeat(5000)), "invalid_request"),
                arguments(List.of("response_type", "id_token"), "invalid_request"),
                arguments(List.of("id_token_hint", "eyJ"), "invalid_request"),
                arguments(List.of("request", "eyJ"), "request_not_supported"),
                arguments(List.of("request_uri", "https://rp.example/request"), "invalid_request"),
                arguments(
                        List.of("request_uri", "urn:ietf:params:oauth:request_uri:" + "a".repeat(43)),
                        "invalid_request"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatAuthorizeWouldRefuseIsRefusedAtThePush(List<String> changes, String error) {
        isError(push(changes.toArray(String[]::new)), 400, error);
    }

    @Test
    void whoCannotProveWhoTheyAreIsRefused() {
        isError(server.postAs("web", "a wrong secret", "/par", request("web")), 401, "invalid_client");
        isError(server.postAs("nobody", SECRET, "/par", request("nobody")), 401, "invalid_client");
        isError(server.post("/par", request("web")), 401, "invalid_client");
        isError(server.post("/par", request("web", "client_secret", SECRET)), 401, "invalid_client");
        isError(server.post("/par", "redirect_uri", REDIRECT_URI), 401, "invalid_client");
        List<String> assertion = assertion("keys", Jwk.generate(Algorithm.ES256).withKeyId("key"));
        isError(server.post("/par", request("keys", assertion.toArray(String[]::new))), 401, "invalid_client");
        isError(
                server.postAs("service", "service-secret-service-secret-00", "/par", request("form")),
                400,
                "invalid_request");
        isError(
                server.post("/par", request("form", "client_secret", "form-secret-form-secret-form-000")),
                400,
                "invalid_request");
    }

    @Test
    void anAssertionIsUsedForOnePush() {
        String[] request = request("keys", assertion("keys", KEY).toArray(String[]::new));

        assertThat(server.post("/par", request).status()).isEqualTo(201);
        isError(server.post("/par", request), 401, "invalid_client");
    }

    @Test
    void onlyAFormThatIsPostedAndNotTooLargeIsTaken() {
        Answer get = server.get("/par?" + TestServer.form(request("web")));
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow")).hasValue("POST, OPTIONS");
        Answer json = server.send(server.request("/par")
                .header("Content-Type", "application/json")
                .header("Authorization", TestServer.basic("web", SECRET))
                .POST(BodyPublishers.ofString("{}")));
        isError(json, 415, "invalid_request");
        isError(push("login_hint", "x".repeat(17_000)), 413, "invalid_request");
        assertThat(push("login_hint", "x".repeat(70_000)).status()).isEqualTo(413);
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.addAll(List.of("p" + i, "v"));
        }
        isError(push(many.toArray(String[]::new)), 400, "invalid_request");
        Answer twice = server.send(server.request("/par")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", TestServer.basic("web", SECRET))
                .POST(BodyPublishers.ofString(TestServer.form(request("web")) + "&scope=openid")));
        isError(twice, 400, "invalid_request");
    }

    @Test
    void scriptsOfOtherOriginsMayPush() {
        Answer answer = server.send(server.request("/par")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "https://spa.example")
                .POST(BodyPublishers.ofString(
                        TestServer.form(request("spa", "redirect_uri", "https://spa.example/callback")))));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Access-Control-Allow-Origin")).hasValue("*");
    }

    @Test
    void aClientMayHaveSoManyRequestsAndNoMore() {
        try (TestServer small = TestServer.start(TestServer.CONFIGURATION + "pushed-requests: {per-client: 3}")) {
            for (int i = 0; i < 3; i++) {
                assertThat(small.postAs("web", SECRET, "/par", request("web")).status())
                        .isEqualTo(201);
            }
            Answer refused = small.postAs("web", SECRET, "/par", request("web"));
            isError(refused, 429, "temporarily_unavailable");
            assertThat(refused.header("Retry-After")).hasValue("60");
            assertThat(small.post("/par", request("spa", "redirect_uri", "https://spa.example/callback"))
                            .status())
                    .as("another client")
                    .isEqualTo(201);

            small.clock().turn(Duration.ofSeconds(61));
            small.keepHouse();
            assertThat(small.postAs("web", SECRET, "/par", request("web")).status())
                    .isEqualTo(201);
        }
    }
}
