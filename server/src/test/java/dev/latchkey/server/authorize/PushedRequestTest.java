package dev.latchkey.server.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.client.ClientAssertions;
import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.push.PushedRequest;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /par} and what it answers, used at {@code /authorize}: RFC 9126. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushedRequestTest {
    private static final String SECRET = "web-secret-web-secret-web-secret-0";
    private static final String REDIRECT_URI = "https://rp.example/callback";
    private static final String SHARED_SECRET = "a shared secret that is long enough for HS256";
    private static final Jwk KEY = Jwk.generate(Algorithm.ES256).withKeyId("key");

    private final TestServer server = TestServer.start(TestServer.CONFIGURATION
            + """
              - {client_id: posting, client_secret: '%1$s', token_endpoint_auth_method: client_secret_post, redirect_uris: [https://rp.example/callback], scope: openid}
              - {client_id: shared, client_secret: '%1$s', token_endpoint_auth_method: client_secret_jwt, redirect_uris: [https://rp.example/callback], scope: openid}
              - {client_id: keys, token_endpoint_auth_method: private_key_jwt, jwks: '%2$s', redirect_uris: [https://rp.example/callback], scope: openid}
              - {client_id: strict, client_secret: '%1$s', redirect_uris: [https://rp.example/callback], scope: openid, require_pushed_authorization_requests: true}
              - {client_id: silent, client_secret: '%1$s', redirect_uris: [https://rp.example/callback], scope: openid, skip_consent: true}
            """.formatted(SHARED_SECRET, JwkSet.of(KEY).toJson()));

    @AfterAll
    void stop() {
        server.close();
    }

    private UserAgent browser() {
        return new UserAgent(server);
    }

    /** An honest request of the client with some parameters more, or others instead; one that is empty is left out. */
    private static String[] request(String client, String... changes) {
        List<String> all = new ArrayList<>(List.of(
                "client_id", client,
                "redirect_uri", REDIRECT_URI,
                "response_type", "code",
                "scope", "openid",
                "state", "state-1",
                "code_challenge", Pkce.CHALLENGE,
                "code_challenge_method", "S256"));
        for (int i = 0; i < changes.length; i += 2) {
            int at = all.indexOf(changes[i]);
            if (at >= 0) {
                all.set(at + 1, changes[i + 1]);
            } else {
                all.addAll(List.of(changes[i], changes[i + 1]));
            }
        }
        return all.toArray(String[]::new);
    }

    private Answer push(String... changes) {
        return server.postAs("web", SECRET, "/par", request("web", changes));
    }

    private String pushed(String... changes) {
        Answer answer = push(changes);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("request_uri");
    }

    private Visit authorize(UserAgent browser, String requestUri) {
        server.clock().turn(Duration.ofMillis(1));
        return browser.authorize("client_id", "web", "request_uri", requestUri);
    }

    private static void isError(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.header("Cache-Control")).hasValue("no-store");
        assertThat(answer.header("Content-Type")).hasValue("application/json");
    }

    private static void isErrorPage(Visit visit) {
        assertThat(visit.status()).as(visit.html()).isEqualTo(400);
        assertThat(visit.answer().header("Location")).isEmpty();
        assertThat(visit.html()).contains("<code>invalid_request</code>").doesNotContain("<form");
    }

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

    @Test
    void aRequestObjectBesideItIsRefused() {
        isErrorPage(browser().authorize("client_id", "web", "request_uri", pushed(), "request", "eyJ"));
    }

    @Test
    void aLoginByAPushedRequestGetsWhatWasPushed() {
        UserAgent alice = browser();
        String uri = pushed("scope", "openid profile", "state", "s & t", "nonce", "n-1");

        Visit login = authorize(alice, uri);
        assertThat(login.html()).contains("Orders web");
        assertThat(login.hidden().toString()).doesNotContain("n-1", Pkce.CHALLENGE);
        Visit answer = alice.submit(alice.signIn(login), "decision", "allow");

        assertThat(answer.location()).startsWith(REDIRECT_URI + "?code=");
        assertThat(answer.query()).containsEntry("state", "s & t").containsEntry("iss", server.url());
        Answer tokens = server.postAs(
                "web",
                SECRET,
                "/token",
                "grant_type",
                "authorization_code",
                "code",
                answer.code(),
                "redirect_uri",
                REDIRECT_URI,
                "code_verifier",
                Pkce.VERIFIER);
        assertThat(tokens.text("scope")).isEqualTo("openid profile");
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
    void theUriMayBeUsedUntilItExpires() {
        String early = pushed();
        String late = pushed();
        server.clock().turn(Duration.ofSeconds(59));
        assertThat(authorize(browser(), early).html()).contains("Orders web");
        server.clock().turn(Duration.ofSeconds(1));
        isErrorPage(authorize(browser(), late));
        assertThat(authorize(browser(), early).status())
                .as("the login has begun")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:ietf:params:oauth:request_uri:",
                "urn:ietf:params:oauth:request_uri:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "urn:ietf:params:oauth:request_uri:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "urn:ietf:params:oauth:request_uri:'; drop table clients"
            })
    void whatWasNeverGivenOutIsAnErrorPage(String uri) {
        isErrorPage(authorize(browser(), uri));
    }

    @Test
    void aLoginThatHasBegunOutlivesTheUri() {
        UserAgent alice = browser();
        String uri = pushed("prompt", "consent");
        Visit login = authorize(alice, uri);
        server.clock().turn(Duration.ofMinutes(20));

        Visit again = alice.submit(login, "username", "alice", "password", "a wrong password");
        assertThat(again.html()).contains("name=\"password\"");
        server.clock().turn(Duration.ofMinutes(5));
        Visit answer = alice.submit(alice.signIn(again), "decision", "allow");

        assertThat(answer.query()).containsKey("code");
        isErrorPage(alice.signIn(again));
    }

    @Test
    void aLoginThatTakesTooLongStartsAgainAtTheApplication() {
        UserAgent alice = browser();
        Visit login = authorize(alice, pushed());
        server.clock().turn(Duration.ofMinutes(31));

        isErrorPage(alice.signIn(login));
    }

    @Test
    void reloadAndBackDoNotBreakALoginThatIsNotFinished() {
        UserAgent alice = browser();
        String uri = pushed("prompt", "consent");
        authorize(alice, uri);
        server.clock().turn(Duration.ofMinutes(10));

        Visit reloaded = authorize(alice, uri);
        Visit consent = alice.signIn(reloaded);
        Visit back = authorize(alice, uri);
        assertThat(back.html()).contains("name=\"decision\"");
        assertThat(alice.submit(consent, "decision", "allow").query()).containsKey("code");
        isErrorPage(authorize(alice, uri));
        isErrorPage(alice.submit(back, "decision", "allow"));
    }

    @Test
    void everyAnswerEndsTheRequest() {
        UserAgent alice = browser();
        String denied = pushed("prompt", "consent");
        Visit consent = alice.signIn(authorize(alice, denied));
        assertThat(alice.submit(consent, "decision", "deny").query()).containsEntry("error", "access_denied");
        isErrorPage(authorize(alice, denied));

        String cancelled = pushed("prompt", "login");
        Visit login = authorize(alice, cancelled);
        assertThat(alice.submit(login, "cancel", "1").query()).containsEntry("error", "access_denied");
        isErrorPage(authorize(alice, cancelled));

        UserAgent nobody = browser();
        String silent = pushed("prompt", "none");
        assertThat(authorize(nobody, silent).query()).containsEntry("error", "login_required");
        isErrorPage(authorize(nobody, silent));

        String granted = pushed("prompt", "consent");
        Visit again = authorize(alice, granted);
        assertThat(alice.submit(again, "decision", "allow").query()).containsKey("code");
        isErrorPage(authorize(alice, granted));
        isErrorPage(alice.submit(again, "decision", "allow"));

        String front = pushed("response_type", "id_token", "nonce", "n");
        assertThat(authorize(alice, front).fragment()).containsKey("id_token");
        isErrorPage(authorize(alice, front));
    }

    @Test
    void aRequestThatFitsNoMoreIsAnErrorOnce() {
        String hint = idToken();
        String uri = pushed("id_token_hint", hint, "max_age", "100");
        assertThat(authorize(browser(), uri).status()).isEqualTo(200);
        var stores = server.server().issuer().stores();
        var web = stores.clients().find(new ClientId("web")).orElseThrow();
        stores.unitOfWork().run(transaction -> {
            stores.clients().save(transaction, web.withDisabled(true));
            return true;
        });
        try {
            isErrorPage(authorize(browser(), uri));
        } finally {
            stores.unitOfWork().run(transaction -> {
                stores.clients().save(transaction, web);
                return true;
            });
        }
        assertThat(authorize(browser(), uri).status()).isEqualTo(200);
    }

    private String idToken() {
        UserAgent alice = browser();
        Visit signedIn = alice.signIn(authorize(alice, pushed("response_type", "id_token", "nonce", "n")));
        Visit answer = signedIn.status() == 303 ? signedIn : alice.submit(signedIn, "decision", "allow");
        return answer.fragment().getOrDefault("id_token", "");
    }

    @Test
    void aClientThatHasToPushGetsNoFurtherWithoutIt() {
        UserAgent alice = browser();
        Visit refused = alice.authorize(request("strict"));
        assertThat(refused.location()).startsWith(REDIRECT_URI + "?error=invalid_request");
        assertThat(refused.query()).containsEntry("state", "state-1");

        Answer answer = server.postAs("strict", SHARED_SECRET, "/par", request("strict"));
        Visit login = alice.authorize("client_id", "strict", "request_uri", answer.text("request_uri"));
        assertThat(alice.submit(alice.signIn(login), "decision", "allow").query())
                .containsKey("code");
    }

    @Test
    void aServerCanRequireItOfEveryClient() {
        try (TestServer strict = TestServer.start(
                TestServer.CONFIGURATION + "pushed-requests: {required: true, lifetime: 5m, per-client: 3}")) {
            assertThat(strict.get("/.well-known/openid-configuration").json())
                    .containsEntry("require_pushed_authorization_requests", true)
                    .containsEntry("pushed_authorization_request_endpoint", strict.url() + "/par");
            assertThat(new UserAgent(strict).authorize(request("web")).query())
                    .containsEntry("error", "invalid_request");
            Answer answer = strict.postAs("web", SECRET, "/par", request("web"));
            assertThat(answer.json()).containsEntry("expires_in", 300L);
            strict.clock().turn(Duration.ofSeconds(299));
            assertThat(new UserAgent(strict)
                            .authorize("client_id", "web", "request_uri", answer.text("request_uri"))
                            .status())
                    .isEqualTo(200);
        }
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

    @Test
    void whoIsSignedInAndNeedNotBeAskedGoesStraightThrough() {
        UserAgent alice = browser();
        alice.signIn(authorize(alice, pushed()));
        Answer answer = server.postAs("silent", SHARED_SECRET, "/par", request("silent"));
        server.clock().turn(Duration.ofMillis(1));

        assertThat(alice.authorize("client_id", "silent", "request_uri", answer.text("request_uri"))
                        .query())
                .containsKey("code");
    }
}
