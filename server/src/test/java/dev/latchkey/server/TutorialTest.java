package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.UnverifiedToken;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the readers of the tutorials build and test by hand, asked of the server over HTTP. */
class TutorialTest {
    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLoginGivesBothTokens() {
        Answer login = server.login();
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.json())
                .containsKeys("access_token", "refresh_token", "scope")
                .containsEntry("token_type", "bearer")
                .containsEntry("expires_in", 900L); // seconds
        assertThat(login.header("Cache-Control")).contains("no-store"); // RFC 6749 §5.1
    }

    @Test
    void aLoginMayBeJson() {
        Answer login = server.send(server.request("/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        Json.write(Map.of("username", "alice", "password", TestServer.PASSWORD)))));
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.json()).containsKeys("access_token", "refresh_token");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreToldAlike() {
        Answer wrong = server.post("/login", "username", "alice", "password", "wrong");
        Answer unknown = server.post("/login", "username", "nobody", "password", "wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json()).containsEntry("detail", "Incorrect username or password");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void anAccessTokenTellsTheUser() {
        Answer me = server.getAs(server.login().text("access_token"), "/users/me");
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json())
                .containsEntry("username", "alice")
                .containsEntry("email", "alice@example.com")
                .containsEntry("name", "Alice Liddell");
        assertThat(server.getAs(server.login().text("access_token"), "/users/me/")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRefreshTokenIsNoAccessToken() {
        assertRefused(server.getAs(server.login().text("refresh_token"), "/users/me"));
    }

    @Test
    void noTokenIsAskedForWithoutAnError() {
        Answer me = server.get("/users/me");
        assertThat(me.status()).isEqualTo(401);
        assertThat(me.json()).containsEntry("detail", "Not authenticated");
        assertThat(me.header("WWW-Authenticate")).contains("Bearer"); // RFC 6750 §3.1
    }

    @Test
    void anExpiredAccessTokenIsRefused() {
        String token = server.login().text("access_token");
        server.clock().turn(Duration.ofMinutes(14));
        assertThat(server.getAs(token, "/users/me").status()).isEqualTo(200);
        server.clock().turn(Duration.ofMinutes(1));
        assertRefused(server.getAs(token, "/users/me"));
    }

    @Test
    void aTamperedAccessTokenIsRefused() {
        String token = server.login().text("access_token");
        for (int i = 0; i < token.length(); i += 7) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(server.getAs(token.substring(0, i) + other + token.substring(i + 1), "/users/me"));
        }
    }

    @Test
    void aTokenSignedWithAnotherKeyIsRefused() {
        UnverifiedToken genuine = UnverifiedToken.parse(server.login().text("access_token"));
        Jwk other = Jwk.generate(Algorithm.ES256)
                .withKeyId(String.valueOf(genuine.header().get("kid")));
        assertRefused(server.getAs(
                Jwt.create(server.clock())
                        .type("at+jwt")
                        .claims(genuine.claims())
                        .sign(other),
                "/users/me"));
    }

    @Test
    void aRefreshTokenGivesANewPair() {
        Answer login = server.login();
        server.clock().turn(Duration.ofSeconds(1));
        Answer refreshed = server.refresh(login.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.text("access_token")).isNotEqualTo(login.text("access_token"));
        assertThat(refreshed.text("refresh_token")).isNotEqualTo(login.text("refresh_token"));
        assertThat(server.getAs(refreshed.text("access_token"), "/users/me").status())
                .isEqualTo(200);
    }

    @Test
    void anInvalidRefreshTokenIsRefused() {
        String token = server.login().text("refresh_token");
        char other = token.charAt(40) == 'A' ? 'B' : 'A';
        assertInvalidGrant(server.refresh(token.substring(0, 40) + other + token.substring(41)));
        assertInvalidGrant(server.refresh("nonsense"));
        assertThat(server.refresh(token).status()).as("the genuine one").isEqualTo(200);
    }

    @Test
    void anExpiredRefreshTokenIsRefused() {
        String token = server.login().text("refresh_token");
        server.clock().turn(Duration.ofDays(30));
        assertInvalidGrant(server.refresh(token));
    }

    @Test
    void anAccessTokenIsNoRefreshToken() {
        assertInvalidGrant(server.refresh(server.login().text("access_token")));
    }

    @Test
    void revocationEndsBothTokens() {
        Answer login = server.login();
        String accessToken = login.text("access_token");
        assertThat(introspect(accessToken)).containsEntry("active", true);
        assertThat(server.post("/revoke", "token", login.text("refresh_token")).status())
                .isEqualTo(200);
        assertInvalidGrant(server.refresh(login.text("refresh_token")));
        assertThat(introspect(accessToken)).isEqualTo(Map.of("active", false));
        assertRefused(server.getAs(accessToken, "/users/me"));
    }

    private Map<String, Object> introspect(String token) {
        Answer answer = server.postAs("service", "service-secret-service-secret-00", "/introspect", "token", token);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json()).containsEntry("detail", "Could not validate credentials");
        assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    private static void assertInvalidGrant(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("error", "invalid_grant");
    }
}
