package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.logout.SignedInScene;
import dev.latchkey.server.logout.SignedInScene.Tokens;
import dev.latchkey.server.status.StatusReader;
import dev.latchkey.token.UnverifiedToken;
import org.junit.jupiter.api.Test;

/** Whatever ends a session is told by its status list a second later, and nothing else is. */
class EndsInStatusListTest {
    private static final String BOBS = "bobs password is a long one";

    /** Three sessions: two of alice, one of bob. */
    private record Three(Answer alice, Answer alsoAlice, Answer bob) {
        static Three at(TestServer server) {
            Answer bob = server.post("/login", "username", "bob", "password", BOBS);
            return new Three(server.login(), server.login(), bob);
        }

        String access() {
            return alice.text("access_token");
        }

        String refresh() {
            return alice.text("refresh_token");
        }

        String[] ofAlice() {
            return new String[] {alice.text("access_token"), alsoAlice.text("access_token")};
        }
    }

    @Test
    void aRevokedRefreshToken() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            server.post("/revoke", "token", three.refresh());

            assertThat(new StatusReader(server).tellsOfNothingBut(three.access()))
                    .isTrue();
        }
    }

    /** Together with those that the session had before; it goes on under another index. */
    @Test
    void aRevokedAccessToken() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            StatusReader reader = new StatusReader(server);
            server.post("/revoke", "token", three.access());

            assertThat(reader.tellsOfNothingBut(three.access())).isTrue();
            Answer refreshed = server.refresh(three.refresh());
            assertThat(refreshed.status()).isEqualTo(200);
            assertThat(reader.tellsOfNothingBut(three.access())).isTrue();
            server.post("/revoke", "token", refreshed.text("refresh_token"));
            assertThat(reader.tellsOfNothingBut(three.access(), refreshed.text("access_token")))
                    .isTrue();
        }
    }

    @Test
    void aReplayedRefreshToken() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            String second = server.refresh(three.refresh()).text("refresh_token");
            server.refresh(second);
            assertThat(server.refresh(three.refresh()).status()).isEqualTo(400);

            assertThat(new StatusReader(server).tellsOfNothingBut(three.access()))
                    .isTrue();
        }
    }

    @Test
    void aReplayedCode() {
        try (SignedInScene scene = new SignedInScene()) {
            UserAgent alice = scene.browser();
            scene.signIn(alice, "silent");
            String code = scene.authorize(alice, "web", "openid").code();
            Answer tokens = scene.redeem("web", code);
            assertThat(scene.redeem("web", code).status()).isEqualTo(400);

            assertThat(new StatusReader(scene.server()).tellsOfNothingBut(tokens.text("access_token")))
                    .isTrue();
        }
    }

    @Test
    void aLogout() {
        try (SignedInScene scene = new SignedInScene()) {
            UserAgent alice = scene.browser();
            Tokens web = scene.signIn(alice, "web");
            Tokens silent = scene.signIn(alice, "silent");
            scene.signIn(scene.browser(), "web"); // another browser, which stays signed in
            scene.logout(alice, "id_token_hint", web.id());

            assertThat(new StatusReader(scene.server()).tellsOfNothingBut(web.access(), silent.access()))
                    .isTrue();
        }
    }

    @Test
    void aWithdrawnConsent() {
        try (SignedInScene scene = new SignedInScene()) {
            UserAgent alice = scene.browser();
            Tokens asks = scene.signIn(alice, "asks");
            scene.signIn(alice, "web");
            alice.submit(alice.get("/account"), "withdraw", "asks");

            assertThat(new StatusReader(scene.server()).tellsOfNothingBut(asks.access()))
                    .isTrue();
        }
    }

    @Test
    void theCommandThatRevokesASession() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            Object sid = UnverifiedToken.parse(three.access()).claims().get("sid");
            StatusReader reader = new StatusReader(server);
            assertThat(Commands.succeed(server, "session", "revoke", String.valueOf(sid)))
                    .isEqualTo("ended 1\n");

            assertThat(reader.tellsOfNothingBut(three.access())).isTrue();
            Commands.succeed(server, "session", "revoke", "--user", "alice");
            assertThat(reader.tellsOfNothingBut(three.ofAlice())).isTrue();
        }
    }

    @Test
    void aUserDisabledByCommand() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            Commands.succeed(server, "user", "disable", "alice");

            StatusReader reader = new StatusReader(server);
            assertThat(reader.tellsOfNothingBut(three.ofAlice())).isTrue();
            Commands.succeed(server, "user", "enable", "alice");
            assertThat(reader.tellsOfNothingBut(three.ofAlice())).isTrue();
        }
    }

    @Test
    void aNewPasswordByCommand() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            Commands.succeed(server, "user", "passwd", "alice", "--password-stdin");

            assertThat(new StatusReader(server).tellsOfNothingBut(three.ofAlice()))
                    .isTrue();
        }
    }

    @Test
    void aClientRemovedByCommand() {
        try (TestServer server = TestServer.start()) {
            Three.at(server);
            Commands.succeed(
                    server,
                    "client",
                    "add",
                    "shop",
                    "--auth-method",
                    "none",
                    "--grant-type",
                    "password",
                    "--grant-type",
                    "refresh_token");
            Answer atShop = server.post("/login", "username", "bob", "password", BOBS, "client_id", "shop");
            Commands.succeed(server, "client", "remove", "shop");

            assertThat(new StatusReader(server).tellsOfNothingBut(atShop.text("access_token")))
                    .isTrue();
        }
    }

    @Test
    void aNewPasswordInTheConfiguration() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            server.restartWith(TestServer.CONFIGURATION.replace(TestServer.PASSWORD, "quite another long password"));

            assertThat(new StatusReader(server).tellsOfNothingBut(three.ofAlice()))
                    .isTrue();
        }
    }

    @Test
    void aUserDisabledInTheConfiguration() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            server.restartWith(
                    TestServer.CONFIGURATION.replace("{username: alice,", "{username: alice, disabled: true,"));

            assertThat(new StatusReader(server).tellsOfNothingBut(three.ofAlice()))
                    .isTrue();
        }
    }

    @Test
    void aUserWhoHasGoneFromTheConfiguration() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            server.restartWith(TestServer.CONFIGURATION.replaceAll("(?m)^.*username: alice.*\n", ""));

            assertThat(new StatusReader(server).tellsOfNothingBut(three.ofAlice()))
                    .isTrue();
        }
    }

    @Test
    void aClientThatHasGoneFromTheConfiguration() {
        try (TestServer server = TestServer.start()) {
            Three.at(server);
            Answer atApp =
                    server.post("/login", "username", "alice", "password", TestServer.PASSWORD, "client_id", "app");
            server.restartWith(TestServer.CONFIGURATION.replace("client_id: app\n", "client_id: app2\n"));

            assertThat(new StatusReader(server).tellsOfNothingBut(atApp.text("access_token")))
                    .isTrue();
        }
    }

    @Test
    void aRestartThatChangesNothingEndsNothing() {
        try (TestServer server = TestServer.start()) {
            Three three = Three.at(server);
            server.restartWith(TestServer.CONFIGURATION);
            assertThat(server.refresh(three.refresh()).status()).isEqualTo(200);
            server.post("/revoke", "token", three.bob().text("refresh_token"));

            assertThat(new StatusReader(server).tellsOfNothingBut(three.bob().text("access_token")))
                    .isTrue();
        }
    }
}
