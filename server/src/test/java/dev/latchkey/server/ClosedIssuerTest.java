package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.logout.RelyingParty;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.TestPostgres;
import dev.latchkey.token.UnverifiedToken;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One of many issuers that is closed while a command works on its store. */
@Timeout(120)
class ClosedIssuerTest {
    private static final Duration PAUSE = Duration.ofMinutes(2);

    private final Optional<PostgresLocation> schema =
            TestPostgres.isWanted() ? Optional.of(TestPostgres.freshSchema()) : Optional.empty();
    private final RelyingParty relyingParty = new RelyingParty();
    private final TestServer server = TestServer.start("""
        passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
        outbound: {insecure-allow-private-addresses: true}
        issuers:
          red:
            %s
            users:
              - {username: alice, password: correct horse battery staple}
            clients:
              - client_id: app
                grant_types: [password, refresh_token]
                token_endpoint_auth_method: none
                scope: openid
                backchannel_logout_uri: %s
          blue: {}
        """.formatted(
                    schema.map(location -> "store: '" + TestPostgres.url(location) + "'")
                            .orElse(""),
                    relyingParty.url("/app")));

    @AfterEach
    void stop() {
        server.close();
        relyingParty.close();
        schema.ifPresent(TestPostgres::dropSchema);
    }

    /** After a start each is visited, the last one last: it has a store then. */
    private void awaitVisits() {
        while (!Files.exists(server.folder().resolve("data/issuers/blue.db"))) {
            Thread.onSpinWait();
        }
    }

    private void awaitClosed() {
        do {
            server.clock().turn(PAUSE);
            server.server().catchUp();
        } while (!server.get("/metrics").body().contains("latchkey_issuers_open 0.0"));
    }

    private String command(String... arguments) {
        List<String> options = List.of(
                "--config",
                server.folder().resolve("latchkey.yaml").toString(),
                "--data",
                server.folder().resolve("data").toString(),
                "--issuer",
                "red");
        return Commands.succeed(server, options, arguments);
    }

    @Test
    void isOpenedToTellOfWhatTheCommandHasEnded() {
        Answer tokens =
                server.post("/red/login", "username", "alice", "password", TestServer.PASSWORD, "client_id", "app");
        Object sid = UnverifiedToken.parse(tokens.text("access_token")).claims().get("sid");
        awaitVisits();
        awaitClosed();

        assertThat(command("session", "revoke", "--user", "alice")).isEqualTo("ended 1\n");
        server.clock().turn(Duration.ofMinutes(1).plusMillis(1));

        assertThat(UnverifiedToken.parse(relyingParty.next().logoutToken()).claims())
                .containsEntry("sid", sid)
                .containsEntry("iss", server.url() + "/red");
        awaitClosed();
        assertThat(relyingParty.waiting()).isZero();
    }
}
