package dev.latchkey.server.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.authorize.Pkce;
import dev.latchkey.token.UnverifiedToken;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The refusals that every grant shares, asked of every grant that the discovery document names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantMatrixTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String CLIENT = "service";
    private static final String SECRET = "service-secret-service-secret-00";

    private final TestServer server = TestServer.start();

    @BeforeAll
    void everyGrantIsInTheMatrix() {
        Object supported =
                server.get("/.well-known/openid-configuration").json().get("grant_types_supported");
        assertThat(supported).isEqualTo(grants().toList());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<String> grants() {
        return Stream.of("authorization_code", "password", "client_credentials", "refresh_token");
    }

    /** Those that are asked for a scope when they are redeemed; a code has its scope. */
    static Stream<String> grantsWithScope() {
        return grants().filter(grant -> !grant.equals("authorization_code"));
    }

    private String code() {
        UserAgent agent = new UserAgent(server);
        return agent.signIn(agent.authorize(
                        "client_id",
                        CLIENT,
                        "response_type",
                        "code",
                        "scope",
                        "orders:read",
                        "redirect_uri",
                        "https://service.example/callback",
                        "code_challenge",
                        Pkce.CHALLENGE,
                        "code_challenge_method",
                        "S256"))
                .code();
    }

    /** Parameters with which the grant is redeemed. */
    private String[] redeemable(String grant, String... more) {
        List<String> parameters = new ArrayList<>(List.of("grant_type", grant));
        parameters.addAll(
                switch (grant) {
                    case "authorization_code" -> List.of("code", code(), "code_verifier", Pkce.VERIFIER);
                    case "password" -> List.of("username", "alice", "password", TestServer.PASSWORD);
                    case "refresh_token" ->
                        List.of(
                                "refresh_token",
                                as(CLIENT, SECRET, redeemable("password")).text("refresh_token"));
                    default -> List.of();
                });
        parameters.addAll(List.of(more));
        return parameters.toArray(String[]::new);
    }

    private Answer as(String client, String secret, String... parameters) {
        return server.postAs(client, secret, "/token", parameters);
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json()).containsEntry("error", error).containsKeys("error_description", "detail");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.body()).doesNotContain(SECRET).doesNotContain("Exception");
    }

    @ParameterizedTest
    @MethodSource("grants")
    void isRedeemed(String grant) {
        Answer answer = as(CLIENT, SECRET, redeemable(grant));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json())
                .containsEntry("token_type", "Bearer")
                .containsEntry("expires_in", 900L)
                .containsKey("access_token");
        assertThat(answer.json().containsKey("refresh_token")).isEqualTo(!grant.equals("client_credentials"));
    }

    @ParameterizedTest
    @MethodSource("grants")
    void wrongSecretUnknownClientAndWrongMethodAreRefusedAlike(String grant) {
        String[] parameters = redeemable(grant);
        Answer wrongSecret = as(CLIENT, "wrong", parameters);
        Answer unknownClient = as("nobody", "wrong", parameters);
        Answer oddName = as("nobody\u0007", "wrong", parameters);
        Answer wrongMethod = as("form", "form-secret-form-secret-form-000", parameters);
        Answer noSecret = server.post("/token", redeemable(grant, "client_id", CLIENT));
        for (Answer answer : List.of(wrongSecret, unknownClient, oddName, wrongMethod, noSecret)) {
            assertRefused(answer, 401, "invalid_client");
            assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Basic"); // RFC 6749 §5.2
            assertThat(answer.body()).isEqualTo(wrongSecret.body());
        }
    }

    @ParameterizedTest
    @MethodSource("grants")
    void aClientThatDoesNotListItIsUnauthorized(String grant) {
        String client = grant.equals("client_credentials") ? "app" : "form";
        Answer answer = server.post(
                "/token",
                client.equals("app")
                        ? redeemable(grant, "client_id", "app")
                        : redeemable(grant, "client_id", "form", "client_secret", "form-secret-form-secret-form-000"));
        assertRefused(answer, 400, "unauthorized_client");
    }

    @ParameterizedTest
    @MethodSource("grants")
    void twoWaysOfAuthenticationAreRefused(String grant) {
        Answer both = as(CLIENT, SECRET, redeemable(grant, "client_id", CLIENT, "client_secret", SECRET));
        assertRefused(both, 400, "invalid_request"); // RFC 6749 §2.3
        assertRefused(as(CLIENT, SECRET, redeemable(grant, "client_id", "form")), 400, "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("grants")
    void repeatedParametersAreRefused(String grant) {
        assertRefused(as(CLIENT, SECRET, redeemable(grant, "grant_type", grant)), 400, "invalid_request");
        assertRefused(
                as(CLIENT, SECRET, redeemable(grant, "scope", "orders:read", "scope", "orders:read")),
                400,
                "invalid_request");
    }

    @ParameterizedTest
    @MethodSource("grants")
    void parametersOfOtherGrantsAreIgnored(String grant) {
        Answer answer = as(CLIENT, SECRET, redeemable(grant, "device_code", "x", "assertion", "y", "unknown", "z"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200); // RFC 6749 §3.2
    }

    @ParameterizedTest
    @MethodSource("grantsWithScope")
    void moreScopeThanThereIsIsRefused(String grant) {
        assertRefused(as(CLIENT, SECRET, redeemable(grant, "scope", "orders:delete")), 400, "invalid_scope");
        assertRefused(as(CLIENT, SECRET, redeemable(grant, "scope", "orders:read \"")), 400, "invalid_scope");
    }

    @ParameterizedTest
    @MethodSource("grantsWithScope")
    void lessScopeIsGranted(String grant) {
        Answer answer = as(CLIENT, SECRET, redeemable(grant, "scope", "orders:read"));
        assertThat(answer.json()).containsEntry("scope", "orders:read");
    }

    @ParameterizedTest
    @MethodSource("grants")
    void onlyResourcesOfTheClientAreGranted(String grant) {
        assertRefused(
                as(CLIENT, SECRET, redeemable(grant, "resource", "https://other.example")), 400, "invalid_target");
        Answer two = as(
                CLIENT,
                SECRET,
                redeemable(
                        grant,
                        "scope",
                        "orders:read",
                        "resource",
                        "https://orders.example",
                        "resource",
                        "https://stock.example"));
        assertThat(UnverifiedToken.parse(two.text("access_token")).claims())
                .containsEntry("aud", List.of("https://orders.example", "https://stock.example"));
    }

    @ParameterizedTest
    @MethodSource("grants")
    void otherMethodsContentTypesAndSizesAreRefused(String grant) {
        Answer get = server.get("/token?grant_type=" + grant);
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow").orElse("")).contains("POST");
        Answer json = server.send(server.request("/token")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"grant_type\":\"" + grant + "\"}")));
        assertRefused(json, 415, "invalid_request");
        Answer large = server.send(server.request("/token")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString("grant_type=" + grant + "&x=" + "y".repeat(70_000))));
        assertRefused(large, 413, "invalid_request");
    }

    @Test
    void grantsThatThereAreNotAreRefused() {
        assertRefused(as(CLIENT, SECRET, "grant_type", "implicit"), 400, "unsupported_grant_type");
        assertRefused(as(CLIENT, SECRET, "grant_type", "urn:x:y"), 400, "unsupported_grant_type");
        assertRefused(as(CLIENT, SECRET), 400, "invalid_request");
    }

    @Test
    void aRequestWithoutAClientIsTheFirstPartyClientsOrNobodys() {
        assertRefused(server.post("/token", "grant_type", "client_credentials"), 401, "invalid_client");
        assertRefused(server.post("/token", redeemable("password")), 400, "unauthorized_client");
    }

    @Test
    void aRefreshTokenIsBoundToItsClient() {
        String token = as(CLIENT, SECRET, redeemable("password")).text("refresh_token");
        assertRefused(server.refresh(token), 400, "invalid_grant");
        Answer other = server.post("/token", "grant_type", "refresh_token", "refresh_token", token, "client_id", "app");
        assertRefused(other, 400, "invalid_grant");
        assertThat(as(CLIENT, SECRET, "grant_type", "refresh_token", "refresh_token", token)
                        .status())
                .as("its own client, afterwards")
                .isEqualTo(200);
    }

    @Test
    void accessTokensHaveTheClaimsOfRfc9068() {
        var user = UnverifiedToken.parse(as(CLIENT, SECRET, redeemable("password", "scope", "orders:read"))
                .text("access_token"));
        assertThat(user.header()).containsEntry("typ", "at+jwt").containsEntry("alg", "ES256");
        assertThat(user.claims())
                .containsOnlyKeys(
                        "iss",
                        "sub",
                        "aud",
                        "client_id",
                        "iat",
                        "exp",
                        "jti",
                        "sid",
                        "auth_time",
                        "acr",
                        "roles",
                        "scope",
                        "status")
                .containsEntry("iss", server.url())
                .containsEntry("client_id", CLIENT)
                .containsEntry("roles", List.of("admin"));
        var named = UnverifiedToken.parse(as(CLIENT, SECRET, redeemable("password", "scope", "openid profile"))
                .text("access_token"));
        assertThat(named.claims()).containsEntry("username", "alice");
        var client = UnverifiedToken.parse(
                as(CLIENT, SECRET, redeemable("client_credentials")).text("access_token"));
        assertThat(client.claims())
                .containsOnlyKeys("iss", "sub", "aud", "client_id", "iat", "exp", "jti", "scope")
                .containsAllEntriesOf(Map.of("sub", CLIENT, "client_id", CLIENT));
    }
}
