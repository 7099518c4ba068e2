package dev.latchkey.server.introspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 7662: who may ask, and what is told of which token. */
class IntrospectionEndpointTest {
    private static final Map<String, Object> INACTIVE = Map.of("active", false);

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer introspect(String token, String... more) {
        String[] parameters = new String[more.length + 2];
        parameters[0] = "token";
        parameters[1] = token;
        System.arraycopy(more, 0, parameters, 2, more.length);
        return server.postAs("service", "service-secret-service-secret-00", "/introspect", parameters);
    }

    private Answer serviceLogin() {
        return server.postAs(
                "service",
                "service-secret-service-secret-00",
                "/token",
                "grant_type",
                "password",
                "username",
                "alice",
                "password",
                TestServer.PASSWORD);
    }

    @Test
    void anActiveAccessTokenIsTold() {
        Answer answer = introspect(server.login().text("access_token"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json())
                .containsEntry("active", true)
                .containsEntry("username", "alice")
                .containsEntry("client_id", "first-party")
                .containsEntry("token_type", "Bearer")
                .containsEntry("iss", server.url())
                .containsKeys("sub", "aud", "exp", "iat", "jti", "sid", "scope");
    }

    @Test
    void onlyClientsWithASecretMayAsk() {
        String token = server.login().text("access_token");
        assertThat(server.post("/introspect", "token", token).status()).isEqualTo(401);
        assertThat(server.post("/introspect", "token", token, "client_id", "app")
                        .status())
                .isEqualTo(401);
        assertThat(server.postAs("service", "wrong", "/introspect", "token", token)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatDoesNotCountIsInactiveAndNothingElse() {
        String token = server.login().text("access_token");
        assertThat(introspect("nonsense").json()).isEqualTo(INACTIVE);
        assertThat(introspect(token + "A").json()).isEqualTo(INACTIVE);
        server.clock().turn(Duration.ofMinutes(15));
        assertThat(introspect(token).json()).isEqualTo(INACTIVE);
    }

    @Test
    void aRefreshTokenIsNeverActiveInPlaceOfAnAccessToken() {
        String token = serviceLogin().text("refresh_token");
        assertThat(introspect(token).json()).isEqualTo(INACTIVE);
        assertThat(introspect(token, "token_type_hint", "access_token").json()).isEqualTo(INACTIVE);
        assertThat(introspect(token, "token_type_hint", "refresh_token").json())
                .containsEntry("active", true)
                .containsEntry("username", "alice");
    }

    @Test
    void aWrongHintDoesNotHideAnAccessToken() {
        String token = server.login().text("access_token");
        assertThat(introspect(token, "token_type_hint", "refresh_token").json()).containsEntry("active", true);
    }

    @Test
    void aRefreshTokenIsToldToItsOwnClientOnly() {
        String token = server.login().text("refresh_token");
        assertThat(introspect(token, "token_type_hint", "refresh_token").json()).isEqualTo(INACTIVE);
    }

    @Test
    void aClientsOwnTokenHasNoUser() {
        String token = server.postAs(
                        "service", "service-secret-service-secret-00", "/token", "grant_type", "client_credentials")
                .text("access_token");
        assertThat(introspect(token).json())
                .containsEntry("active", true)
                .containsEntry("sub", "service")
                .doesNotContainKeys("username", "sid");
        assertThat(server.getAs(token, "/users/me").status()).isEqualTo(401);
        assertThat(server.getAs(token, "/userinfo").status()).isEqualTo(401);
    }
}
