package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.logout.RelyingParty;
import dev.latchkey.server.logout.RelyingParty.Received;
import dev.latchkey.server.logout.SignedInScene;
import dev.latchkey.server.logout.SignedInScene.Tokens;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.signout.LogoutDelivery;
import dev.latchkey.server.sql.Database;
import dev.latchkey.token.UnverifiedToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever an operator ends, by another process or in the configuration, clients are told of as of any other logout. */
class OperatorSignOutTest {
    private static final Instant FAR_AWAY = Instant.parse("2100-01-01T00:00:00Z");

    private final SignedInScene scene = new SignedInScene();
    private final TestServer server = scene.server();
    private final RelyingParty relyingParty = scene.relyingParty();
    private final UserAgent alice = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    private String command(String... arguments) {
        return Commands.succeed(server, arguments);
    }

    private static List<LogoutDelivery> toTell(Stores stores) {
        return stores.logoutDeliveries().listDue(FAR_AWAY, 100);
    }

    /** Waits until their clients have been told of these sessions, each once, and of nothing else. */
    private void assertToldOf(Tokens... ended) {
        List<Object> told = new ArrayList<>();
        for (Tokens _ : ended) {
            Received received = relyingParty.next();
            told.add(received.path().substring(1) + " "
                    + UnverifiedToken.parse(received.logoutToken()).claims().get("sid"));
        }
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(Stream.of(ended)
                        .map(tokens -> tokens.client() + " " + tokens.sid())
                        .toList());
        assertThat(scene.awaitEvents("backchannel_logout", ended.length)).hasSize(ended.length);
        assertThat(toTell(server.server().issuer().stores())).isEmpty();
        assertThat(relyingParty.waiting()).isZero();
    }

    @Test
    void aSessionThatIsRevokedIsToldOnce() {
        Tokens ended = scene.signIn(alice, "web");
        Tokens other = scene.signIn(scene.browser(), "web");

        assertThat(command("session", "revoke", ended.sid().toString())).isEqualTo("ended 1\n");
        assertThatThrownBy(() -> command("session", "revoke", ended.sid().toString()))
                .hasMessageContaining("it has ended");

        assertToldOf(ended);
        assertThat(scene.hasEnded(ended)).isTrue();
        assertThat(scene.refresh(other).status()).isEqualTo(200);
    }

    @Test
    void ofAllSessionsOfAUserThoseAreToldThatHaveNotEndedBefore() {
        Tokens first = scene.signIn(alice, "web", "openid offline_access");
        Tokens web = scene.signIn(scene.browser(), "web", "openid offline_access");
        Tokens pair = scene.signIn(alice, "pair");
        Tokens silent = scene.signIn(alice, "silent");
        command("session", "revoke", first.sid().toString());

        assertThat(command("session", "revoke", "--user", "alice")).isEqualTo("ended 3, signed out of browsers: 2\n");
        command("session", "revoke", "--user", "alice");
        command("user", "disable", "alice");

        assertToldOf(first, web, pair);
        assertThat(scene.hasEnded(silent)).isTrue();
    }

    @Test
    void nothingIsHadSilentlyFromABrowserThatAnOperatorHasSignedOutOf() {
        scene.signIn(alice, "silent");
        String code = scene.authorize(alice, "web", "openid").code();

        command("session", "revoke", "--user", "alice");

        assertThat(scene.isSignedIn(alice)).isFalse();
        assertThat(scene.redeem("web", code).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void aUserWhoIsDisabledGetsNothingAndNothingComesBack() {
        Tokens web = scene.signIn(alice, "web");
        String code = scene.authorize(alice, "silent", "openid").code();

        command("user", "disable", "alice");

        assertToldOf(web);
        assertThat(scene.isSignedIn(alice)).isFalse();
        assertThat(scene.redeem("silent", code).text("error")).isEqualTo("invalid_grant");
        command("user", "enable", "alice");
        assertThat(scene.isSignedIn(alice)).isFalse();
        assertThat(scene.hasEnded(web)).isTrue();
    }

    @Test
    void aNewPasswordIsTold() {
        Tokens web = scene.signIn(alice, "web");

        command("user", "passwd", "alice", "--password-stdin");

        assertToldOf(web);
        assertThat(scene.isSignedIn(alice)).isFalse();
    }

    /** Only a client that listens is kept anything for. */
    @Test
    void whatEndsWhileNoServerRunsIsToldByTheNextOne() {
        Tokens web = scene.signIn(alice, "web");
        scene.signIn(alice, "silent");

        server.whileStopped(() -> {
            command("session", "revoke", "--user", "alice");
            try (Database store = server.openStore()) {
                assertThat(toTell(Stores.of(store)))
                        .map(LogoutDelivery::clientId)
                        .containsExactly(new ClientId("web"));
            }
        });

        assertToldOf(web);
    }

    @Test
    void aUserWhoIsDisabledInTheConfigurationIsTold() {
        Tokens web = scene.signIn(alice, "web");

        server.restartWith(configuration().replace("{username: alice,", "{username: alice, disabled: true,"));

        assertToldOf(web);
    }

    @Test
    void aUserWhoHasGoneFromTheConfigurationIsTold() {
        Tokens web = scene.signIn(alice, "web");

        server.restartWith(configuration().replaceAll("(?m)^.*username: alice.*\n", ""));

        assertToldOf(web);
    }

    private String configuration() {
        try {
            return Files.readString(server.folder().resolve("latchkey.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
