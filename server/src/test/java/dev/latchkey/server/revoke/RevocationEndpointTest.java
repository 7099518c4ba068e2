package dev.latchkey.server.revoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 7009: what a revocation ends, and what it leaves. */
class RevocationEndpointTest {
    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private int me(Answer login) {
        return server.getAs(login.text("access_token"), "/users/me").status();
    }

    @Test
    void aRevokedAccessTokenEndsAlone() {
        Answer login = server.login();
        assertThat(server.post("/revoke", "token", login.text("access_token")).status())
                .isEqualTo(200);
        assertThat(me(login)).isEqualTo(401);
        Answer refreshed = server.refresh(login.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(me(refreshed)).isEqualTo(200);
    }

    @Test
    void theSessionOfARevokedRefreshTokenEndsAndNoOther() {
        Answer one = server.login();
        Answer other = server.login();
        server.post("/revoke", "token", one.text("refresh_token"), "token_type_hint", "access_token");
        assertThat(me(one)).isEqualTo(401);
        assertThat(me(other)).isEqualTo(200);
    }

    @Test
    void aRefreshTokenThatWasRotatedSinceStillEndsItsSession() {
        Answer login = server.login();
        Answer refreshed = server.refresh(login.text("refresh_token"));
        server.post("/revoke", "token", login.text("refresh_token"));
        assertThat(me(refreshed)).isEqualTo(401);
        assertThat(server.refresh(refreshed.text("refresh_token")).status()).isEqualTo(400);
    }

    @Test
    void whatDoesNotCountIsNoError() {
        String token = server.login().text("refresh_token");
        for (String text : new String[] {"nonsense", token, token}) {
            Answer answer = server.post("/revoke", "token", text);
            assertThat(answer.status()).isEqualTo(200); // RFC 7009 §2.2
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void anothersTokenIsLeftAlone() {
        Answer login = server.login();
        for (String kind : new String[] {"refresh_token", "access_token"}) {
            Answer answer = server.post("/revoke", "token", login.text(kind), "client_id", "app");
            assertThat(answer.json()).containsEntry("error", "invalid_grant"); // RFC 7009 §2.1
        }
        assertThat(me(login)).isEqualTo(200);
        assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void theTokenIsAskedFor() {
        assertThat(server.post("/revoke", "x", "y").json()).containsEntry("error", "invalid_request");
    }
}
