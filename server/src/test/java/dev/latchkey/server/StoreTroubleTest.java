package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Trouble with the database, asked over HTTP: 503 with Retry-After, and never a refusal on which a client would throw its
 * tokens away; afterwards everything goes on where it was.
 */
@Timeout(60)
class StoreTroubleTest {
    private static final String SECRET = "service-secret-service-secret-00";

    private final TestServer server = TestServer.startOnSqlite();
    private final CapturedLog log = CapturedLog.start();
    private Answer tokens;
    private Answer ended;

    @BeforeEach
    void logIn() {
        tokens = server.login();
        ended = server.login();
    }

    @AfterEach
    void nothingSecretIsInTheLog() {
        server.close();
        log.close();
        assertThat(log.text())
                .contains("request_failed")
                .doesNotContain(TestServer.PASSWORD, SECRET)
                .doesNotContain(tokens.text("access_token"), tokens.text("refresh_token"))
                .doesNotContain(ended.text("refresh_token"));
    }

    private Path store() {
        return server.folder().resolve("data/latchkey.db");
    }

    private Answer refresh() {
        return server.refresh(tokens.text("refresh_token"));
    }

    private Answer revoke() {
        return server.post("/revoke", "token", ended.text("refresh_token"));
    }

    private Answer wrongPassword() {
        return server.post("/login", "username", "alice", "password", "wrong");
    }

    private Answer currentUser() {
        return server.getAs(tokens.text("access_token"), "/users/me");
    }

    private Answer clientCredentials() {
        return server.postAs("service", SECRET, "/token", "grant_type", "client_credentials");
    }

    private Answer introspect() {
        return server.postAs("service", SECRET, "/introspect", "token", tokens.text("access_token"));
    }

    /** All at once, because each waits for the store for a while. */
    private static List<Answer> answers(List<Callable<Answer>> requests) throws InterruptedException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return executor.invokeAll(requests).stream().map(Future::resultNow).toList();
        }
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Retry-After").orElse("")).matches("[1-9][0-9]*");
        assertThat(answer.json())
                .containsEntry("error", "temporarily_unavailable")
                .containsKey("detail");
        assertThat(answer.body()).doesNotContain("invalid_", "Exception", "SQL");
    }

    /** It looks for its file again by itself, within a second or so. */
    private void assertAllIsWell() {
        while (currentUser().status() == 503) {
            Thread.onSpinWait();
        }
        assertThat(currentUser().status()).isEqualTo(200);
        Answer refreshed = refresh();
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(server.refresh(refreshed.text("refresh_token")).status()).isEqualTo(200);
        assertThat(server.login().status()).isEqualTo(200);
        assertThat(revoke().status()).isEqualTo(200);
        assertThat(server.refresh(ended.text("refresh_token")).json()).containsEntry("error", "invalid_grant");
    }

    @Test
    void aLockedDatabaseStopsWhatHasToBeStoredAndNothingElse() throws Exception {
        Map<String, Long> stored = StoredRows.of(server);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + store() + TestServer.PATIENT_CONNECTION);
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            assertThat(answers(List.of(server::login, this::wrongPassword, this::refresh, this::revoke)))
                    .allSatisfy(StoreTroubleTest::assertUnavailable);
            assertThat(currentUser().status()).isEqualTo(200);
            assertThat(clientCredentials().status()).isEqualTo(200);
            assertThat(introspect().json()).containsEntry("active", true);
            statement.execute("rollback");
        }
        assertThat(StoredRows.of(server)).as("no login that was refused").isEqualTo(stored);
        assertAllIsWell();
    }

    @Test
    void aDatabaseThatIsGoneIsNoReasonToDoubtATokenOrAClient() throws IOException, InterruptedException {
        Path elsewhere = server.folder().resolve("elsewhere.db");
        Files.move(store(), elsewhere);
        assertUnavailable(server.login()); // by which it is noticed
        for (int round = 0; round < 2; round++) {
            assertThat(answers(List.of(
                            server::login,
                            this::wrongPassword,
                            this::refresh,
                            this::revoke,
                            this::currentUser,
                            this::introspect)))
                    .allSatisfy(StoreTroubleTest::assertUnavailable);
            assertThat(clientCredentials().status())
                    .as("which need nothing but a client that was read a moment ago")
                    .isIn(200, 503);
        }
        assertThat(server.get("/health/ready").status()).isEqualTo(503);
        assertThat(server.get("/health/live").status()).isEqualTo(200);
        assertThat(server.get("/jwks").status()).isEqualTo(200);
        Files.move(elsewhere, store());
        assertAllIsWell();
    }

    @Test
    void aDatabaseThatIsReplacedByAnEmptyFileIsNotTakenForIt() throws SQLException, IOException, InterruptedException {
        Path elsewhere = server.folder().resolve("elsewhere.db");
        Files.move(store(), elsewhere);
        Files.createFile(store());
        assertUnavailable(server.login()); // by which it is noticed
        assertThat(answers(List.of(server::login, this::refresh, this::revoke, this::introspect)))
                .allSatisfy(StoreTroubleTest::assertUnavailable);
        Files.delete(store());
        Files.move(elsewhere, store());
        assertAllIsWell();
    }
}
