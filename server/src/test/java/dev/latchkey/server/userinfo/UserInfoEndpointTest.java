package dev.latchkey.server.userinfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.user.StandardClaims;
import dev.latchkey.server.user.User;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenID Connect Core §5.3 and §5.4: claims by scope, at both endpoints; RFC 6750: how the token comes. */
class UserInfoEndpointTest {
    private static final String USERS = """
        users:
          - username: carol
            password: carols password is a long one
            name: Carol Example
            given_name: Carol
            family_name: Example
            middle_name: Q
            nickname: caz
            profile: https://carol.example
            picture: https://carol.example/me.png
            website: https://carol.example/blog
            email: carol@example.com
            email_verified: true
            gender: female
            birthdate: 1990-01-31
            zoneinfo: Europe/Paris
            locale: en-GB
            updated_at: 1700000000
            phone_number: +1 (425) 555-1212
            phone_number_verified: false
            address: {formatted: '1 Main St, Springfield', street_address: 1 Main St, locality: Springfield, region: IL, postal_code: '62701', country: US}
        """;

    private final TestServer server = TestServer.start(TestServer.CONFIGURATION.replace("users:\n", USERS));

    @AfterEach
    void stop() {
        server.close();
    }

    private String tokenFor(String scope) {
        return tokenOf("alice", TestServer.PASSWORD, scope);
    }

    private String tokenOf(String username, String password, String scope) {
        Answer login = server.post("/login", "username", username, "password", password, "scope", scope);
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return login.text("access_token");
    }

    private Answer carol(String scope) {
        return server.getAs(tokenOf("carol", "carols password is a long one", scope), "/userinfo");
    }

    private static String challenge(Answer answer) {
        return answer.header("WWW-Authenticate").orElse("");
    }

    @Test
    void everyScopeTellsItsClaims() {
        assertThat(server.getAs(tokenFor("openid"), "/userinfo").json()).containsOnlyKeys("sub");
        assertThat(server.getAs(tokenFor("openid email"), "/userinfo").json())
                .containsOnlyKeys("sub", "email", "email_verified")
                .containsEntry("email_verified", true);
        assertThat(server.getAs(tokenFor("openid profile"), "/userinfo").json())
                .containsOnlyKeys("sub", "name", "preferred_username", "updated_at");
    }

    @Test
    void everyStandardClaimHasItsType() { // OpenID Connect Core §5.1
        assertThat(carol("openid profile").json())
                .hasSize(15)
                .containsEntry("name", "Carol Example")
                .containsEntry("preferred_username", "carol")
                .containsEntry("birthdate", "1990-01-31")
                .containsEntry("locale", "en-GB")
                .containsEntry("updated_at", 1_700_000_000L);
        assertThat(carol("openid email phone").json())
                .containsOnlyKeys("sub", "email", "email_verified", "phone_number", "phone_number_verified")
                .containsEntry("phone_number", "+1 (425) 555-1212")
                .containsEntry("phone_number_verified", false);
        assertThat(carol("openid address").json())
                .containsOnlyKeys("sub", "address")
                .containsEntry(
                        "address",
                        Map.of(
                                "formatted", "1 Main St, Springfield",
                                "street_address", "1 Main St",
                                "locality", "Springfield",
                                "region", "IL",
                                "postal_code", "62701",
                                "country", "US"));
    }

    @Test
    void claimsAreToldInEveryLanguageThatTheUserHas() { // OpenID Connect Core §5.2
        User user = new User(
                new UserId("1"),
                "carol",
                Map.of("name", "Carol", "name#de", "Karola", "nickname", "caz", "email", "c@example.com"),
                List.of(),
                Optional.empty(),
                1,
                false,
                Origin.COMMAND,
                Instant.EPOCH);
        assertThat(StandardClaims.of(user, "subject", Scope.of("openid", "profile"), Set.of()))
                .containsOnlyKeys("sub", "name", "name#de", "nickname", "preferred_username", "updated_at");
        assertThat(StandardClaims.of(user, "subject", Scope.of("openid"), Set.of("name#de")))
                .containsOnlyKeys("sub", "name#de");
        assertThat(StandardClaims.of(user, "subject", Scope.of("openid"), Set.of("name", "email", "roles", "password")))
                .containsOnlyKeys("sub", "name", "name#de", "email");
    }

    private HttpRequest.Builder form(String path, String body) {
        return server.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    @Test
    void postWithAHeaderOrABodyIsTheSame() { // RFC 6750 §2.1, §2.2
        String token = tokenFor("openid email");
        Map<String, Object> claims = server.getAs(token, "/userinfo").json();
        Answer header = server.send(server.request("/userinfo")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody()));
        assertThat(header.json()).isEqualTo(claims);
        assertThat(server.post("/userinfo", "access_token", token).json()).isEqualTo(claims);
        assertThat(server.send(form("/userinfo", "").header("Authorization", "Bearer " + token))
                        .json())
                .isEqualTo(claims);
    }

    @Test
    void twoTokensAreABadRequest() { // RFC 6750 §2, §3.1
        String token = tokenFor("openid");
        Answer both =
                server.send(form("/userinfo", "access_token=" + token).header("Authorization", "Bearer " + token));
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.json()).containsEntry("error", "invalid_request");
        assertThat(challenge(both)).startsWith("Bearer error=\"invalid_request\"");
        Answer twice = server.send(form("/userinfo", "access_token=" + token + "&access_token=" + token));
        assertThat(twice.status()).isEqualTo(400);
    }

    @Test
    void aTokenInTheQueryIsRefused() { // RFC 9700 §4.3.2
        String token = tokenFor("openid");
        for (Answer answer : List.of(
                server.get("/userinfo?access_token=" + token),
                server.getAs(token, "/userinfo?access_token=" + token),
                server.post("/userinfo?access_token=" + token),
                server.post("/userinfo?access_token=" + token, "access_token", token))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json()).containsEntry("error", "invalid_request");
        }
        assertThat(server.getAs(token, "/userinfo?schema=openid").status()).isEqualTo(200);
    }

    @Test
    void onlyAFormOfAPostCarriesAToken() {
        String token = tokenFor("openid");
        Answer get = server.send(server.request("/userinfo")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method("GET", BodyPublishers.ofString("access_token=" + token)));
        assertThat(get.status()).isEqualTo(401);
        Answer json = server.send(server.request("/userinfo")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"access_token\":\"" + token + "\"}")));
        assertThat(json.status()).isEqualTo(401);
    }

    @Test
    void theChallengeSaysWhatIsWrong() { // RFC 6750 §3
        Answer none = server.get("/userinfo");
        assertThat(none.status()).isEqualTo(401);
        assertThat(challenge(none)).isEqualTo("Bearer realm=\"latchkey\"");
        Answer bad = server.getAs("x.y.z", "/userinfo");
        assertThat(bad.status()).isEqualTo(401);
        assertThat(challenge(bad)).startsWith("Bearer error=\"invalid_token\"");
        Answer badBody = server.post("/userinfo", "access_token", "\u00e4");
        assertThat(badBody.status()).isEqualTo(401);
        assertThat(badBody.json()).containsEntry("error", "invalid_token");
    }

    @Test
    void withoutTheScopeOpenidItIsRefused() {
        Answer answer = server.getAs(tokenFor("email"), "/userinfo");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(challenge(answer)) // RFC 6750 §3.1
                .startsWith("Bearer scope=\"openid\", error=\"insufficient_scope\", error_description=\"");
    }

    @Test
    void scriptsOfOtherOriginsMayAsk() {
        Answer preflight = server.send(server.request("/userinfo")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).contains("*");
        assertThat(preflight.header("Access-Control-Allow-Headers").orElse("")).containsIgnoringCase("authorization");
    }

    @Test
    void theCurrentUserTellsNoMoreThanTheScopeDoes() {
        assertThat(server.getAs(tokenFor("email"), "/users/me").json())
                .containsOnlyKeys("sub", "email", "email_verified", "roles", "scope");
    }

    @Test
    void aTokenForAnotherResourceIsNotForThisOne() {
        Answer login = server.postAs(
                "service",
                "service-secret-service-secret-00",
                "/token",
                "grant_type",
                "password",
                "username",
                "alice",
                "password",
                TestServer.PASSWORD,
                "scope",
                "orders:read");
        assertThat(server.getAs(login.text("access_token"), "/users/me").status())
                .isEqualTo(401); // RFC 9068 §4
    }
}
