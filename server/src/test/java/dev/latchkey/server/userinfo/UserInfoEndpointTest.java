package dev.latchkey.server.userinfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenID Connect Core §5.3 and §5.4: claims by scope, at both endpoints. */
class UserInfoEndpointTest {
    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private String tokenFor(String scope) {
        Answer login = server.post("/login", "username", "alice", "password", TestServer.PASSWORD, "scope", scope);
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return login.text("access_token");
    }

    @Test
    void everyScopeTellsItsClaims() {
        assertThat(server.getAs(tokenFor("openid"), "/userinfo").json()).containsOnlyKeys("sub");
        assertThat(server.getAs(tokenFor("openid email"), "/userinfo").json())
                .containsOnlyKeys("sub", "email", "email_verified")
                .containsEntry("email_verified", true);
        assertThat(server.getAs(tokenFor("openid profile"), "/userinfo").json())
                .containsOnlyKeys("sub", "name", "preferred_username");
    }

    @Test
    void postWithAHeaderIsTheSame() {
        String token = tokenFor("openid email");
        Answer post = server.send(server.request("/userinfo")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.noBody()));
        assertThat(post.json()).isEqualTo(server.getAs(token, "/userinfo").json());
    }

    @Test
    void withoutTheScopeOpenidItIsRefused() {
        Answer answer = server.getAs(tokenFor("email"), "/userinfo");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("WWW-Authenticate").orElse("")).contains("insufficient_scope"); // RFC 6750 §3.1
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
