package dev.latchkey.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.Stores;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.user.User;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The login of the tutorials, and what it refuses. */
class LoginEndpointTest {
    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer wrongPassword() {
        return server.post("/login", "username", "alice", "password", "wrong");
    }

    private User alice() {
        return stores().users().findByUsername("alice").orElseThrow();
    }

    private Stores stores() {
        return server.server().issuer().stores();
    }

    @Test
    void repeatedFailuresSlowDownAndLockForAWhile() {
        for (int i = 0; i < 5; i++) {
            assertThat(wrongPassword().status()).isEqualTo(401);
        }
        Answer blocked = server.login();
        assertThat(blocked.status())
                .as("the right password, while it is locked")
                .isEqualTo(429);
        assertThat(Long.parseLong(blocked.header("Retry-After").orElseThrow())).isPositive();
        assertThat(server.post("/login", "username", "bob", "password", "bobs password is a long one")
                        .status())
                .as("another user")
                .isEqualTo(200);
        server.clock().turn(Duration.ofDays(1));
        assertThat(server.login().status()).as("never for good").isEqualTo(200);
    }

    @Test
    void guessesSentTogetherLearnNothingOnceTheAccountIsLocked() throws Exception {
        List<Callable<Answer>> guesses = IntStream.range(0, 40)
                .<Callable<Answer>>mapToObj(i -> () -> i == 39 ? server.login() : wrongPassword())
                .toList();
        try (var threads = Executors.newFixedThreadPool(40)) {
            List<Answer> answers =
                    threads.invokeAll(guesses).stream().map(Future::resultNow).toList();
            boolean isIn = answers.getLast().status() == 200; // which made four be forgotten at most
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 401)
                    .as("wrong, and told so")
                    .hasSizeLessThanOrEqualTo(isIn ? 9 : 5);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 429)
                    .as("not told")
                    .hasSizeGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void namesThatNobodyHasAreLockedLikeOthers() {
        Answer last = wrongPassword();
        for (int i = 0; i < 6; i++) {
            last = server.post("/login", "username", "nobody", "password", "wrong");
        }
        assertThat(last.status()).isEqualTo(429);
    }

    @Test
    void aSuccessForgetsTheFailures() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                wrongPassword();
            }
            assertThat(server.login().status()).isEqualTo(200);
        }
    }

    @Test
    void aDisabledUserIsRefusedLikeAWrongPasswordAndTheirSessionsEnd() {
        Answer login = server.login();
        stores().unitOfWork().run(transaction -> stores().users().setDisabled(transaction, alice().id(), true));
        Answer refused = server.login();
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo(wrongPassword().body());
        assertThat(server.getAs(login.text("access_token"), "/users/me").status())
                .isEqualTo(401);
        assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(400);
        stores().unitOfWork().run(transaction -> stores().users().setDisabled(transaction, alice().id(), false));
        assertThat(server.refresh(login.text("refresh_token")).status())
                .as("enabled again, the old session stays ended")
                .isEqualTo(400);
    }

    @Test
    void anotherPasswordEndsTheSessionsBegunUnderTheOldOne() {
        Answer login = server.login();
        String hash = alice().passwordHash().orElseThrow();
        stores().unitOfWork().run(transaction -> stores().users().changePassword(transaction, alice().id(), hash));
        assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(400);
        assertThat(server.getAs(login.text("access_token"), "/users/me").status())
                .isEqualTo(401);
        assertThat(server.refresh(server.login().text("refresh_token")).status())
                .isEqualTo(200);
    }

    @Test
    void theFieldsOfTheFastApiFormAreUnderstood() {
        Answer login = server.post(
                "/login",
                "grant_type",
                "password",
                "username",
                "alice",
                "password",
                TestServer.PASSWORD,
                "scope",
                "",
                "client_id",
                "",
                "client_secret",
                "");
        assertThat(login.status()).as(login.body()).isEqualTo(200);
    }

    @Test
    void emptyBasicCredentialsNameNoClient() {
        Answer login = server.postAs("", "", "/login", "username", "alice", "password", TestServer.PASSWORD);
        assertThat(login.status()).as(login.body()).isEqualTo(200);
    }

    @Test
    void aNamedClientHasToListThePasswordGrant() {
        Answer allowed =
                server.post("/login", "username", "alice", "password", TestServer.PASSWORD, "client_id", "app");
        assertThat(allowed.status()).isEqualTo(200);
        Answer refused = server.post(
                "/login",
                "username",
                "alice",
                "password",
                TestServer.PASSWORD,
                "client_id",
                "form",
                "client_secret",
                "form-secret-form-secret-form-000");
        assertThat(refused.json()).containsEntry("error", "unauthorized_client");
    }

    @Test
    void badInputIsRefusedAndNothingIsCounted() {
        for (int i = 0; i < 10; i++) {
            assertThat(server.post("/login", "username", "alice").json()).containsEntry("error", "invalid_request");
            assertThat(server.post("/login", "username", "alice", "password", "x", "grant_type", "code")
                            .json())
                    .containsEntry("error", "unsupported_grant_type");
            assertThat(server.post("/login", "username", "alice", "password", "x", "username", "bob")
                            .json())
                    .containsEntry("error", "invalid_request");
        }
        Answer text = server.send(server.request("/login")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("username=alice")));
        assertThat(text.status()).isEqualTo(415);
        assertThat(server.get("/login").status()).isEqualTo(405);
        assertThat(server.login().status()).isEqualTo(200);
    }

    @Test
    void usersOfTheConfigurationKeepTheirSessionsOverARestart() {
        Answer login = server.login();
        server.restartAfter(Duration.ofSeconds(1));
        assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(200);
    }
}
