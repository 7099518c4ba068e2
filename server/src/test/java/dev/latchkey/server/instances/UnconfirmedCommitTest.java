package dev.latchkey.server.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The wait for a synchronous standby is cut short: the change is seen by everybody, would be lost if the standby took over,
 * and is answered by 503. Who asks again finds nothing left to change, and is told so only when a standby has it.
 */
class UnconfirmedCommitTest {
    private static final String CONFIRMED = "set synchronous_commit = off"; // by those who must not wait themselves

    private final PostgresLocation location = TestPostgres.freshDatabase();
    private TestServer server;

    /** A database of its own, whose commits alone wait. */
    @BeforeEach
    void start() {
        TestPostgres.execute(location, "alter database " + location.database() + " set synchronous_commit = on");
        server = TestServer.start("store: " + TestPostgres.url(location) + "\n" + TestServer.CONFIGURATION);
    }

    @AfterEach
    void stop() {
        haveNoStandby(false);
        server.close();
    }

    private void haveNoStandby(boolean none) {
        TestPostgres.execute(
                location,
                CONFIRMED,
                none
                        ? "alter system set synchronous_standby_names = 'nobody'"
                        : "alter system reset synchronous_standby_names",
                "select pg_reload_conf()");
        if (none) {
            awaitUnconfirmed();
        }
    }

    /** The setting counts a moment after it is made. */
    private void awaitUnconfirmed() {
        try (Connection connection = TestPostgres.connect(location);
                Statement statement = connection.createStatement()) {
            do {
                statement.execute("create table if not exists written (number bigint)");
                statement.execute("insert into written (number) values (1)");
            } while (statement.getWarnings() == null);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has the same asked three times: twice without a standby, and once when there is one. */
    private void assertAcknowledgedOnlyWhenConfirmed(IntSupplier status, int done) {
        AtomicBoolean enough = new AtomicBoolean();
        Thread cutsShort = Thread.ofVirtual().unstarted(() -> {
            while (!enough.get()) {
                TestPostgres.execute(
                        location,
                        "select pg_cancel_backend(pid) from pg_stat_activity"
                                + " where datname = current_database() and wait_event = 'SyncRep'");
            }
        });
        cutsShort.start();
        try {
            haveNoStandby(true);
            assertThat(status.getAsInt()).as("when it is done").isEqualTo(503);
            assertThat(status.getAsInt()).as("when it is seen to be done").isEqualTo(503);
        } finally {
            enough.set(true);
            join(cutsShort); // or it would cut short what comes next
            haveNoStandby(false);
        }
        assertThat(status.getAsInt()).as("when a standby has it").isEqualTo(done);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theRevocationOfAnAccessToken() {
        Answer login = server.login();
        String token = login.text("access_token");

        assertAcknowledgedOnlyWhenConfirmed(
                () -> server.post("/revoke", "token", token).status(), 200);

        assertThat(server.getAs(token, "/users/me").status()).isEqualTo(401);
        assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void theRevocationOfARefreshToken() {
        Answer login = server.login();

        assertAcknowledgedOnlyWhenConfirmed(
                () -> server.post("/revoke", "token", login.text("refresh_token"))
                        .status(),
                200);

        assertThat(server.refresh(login.text("refresh_token")).status()).isEqualTo(400);
    }

    private UserAgent signedIn() {
        UserAgent browser = new UserAgent(server);
        browser.signIn(browser.get("/account"));
        return browser;
    }

    @Test
    void aSignOut() {
        UserAgent browser = signedIn();
        Visit question = browser.get("/logout");

        assertAcknowledgedOnlyWhenConfirmed(
                () -> browser.submit(question, "logout", "yes").status(), 200);
    }

    @Test
    void aSignOutFromTheAccountPage() {
        UserAgent browser = signedIn();
        Visit account = browser.get("/account");

        assertAcknowledgedOnlyWhenConfirmed(
                () -> browser.submit(account, "sign-out", "1").status(), 200);
    }

    @Test
    void theEndOfASessionAtAnotherBrowser() {
        UserAgent other = signedIn();
        String id = Objects.requireNonNull(other.get("/account").hidden().get("account"));
        UserAgent browser = signedIn();
        Visit account = browser.get("/account");

        assertAcknowledgedOnlyWhenConfirmed(
                () -> browser.submit(account, "end-session", id).status(), 200);

        assertThat(other.get("/account").html()).contains("name=\"password\"");
    }

    @Test
    void theWithdrawalOfAConsent() {
        UserAgent browser = signedIn();
        browser.submit(
                browser.authorize(
                        "client_id", "plain",
                        "redirect_uri", "https://plain.example/callback",
                        "response_type", "code",
                        "nonce", "n",
                        "scope", "openid profile"),
                "decision",
                "allow");
        Visit account = browser.get("/account");

        assertAcknowledgedOnlyWhenConfirmed(
                () -> browser.submit(account, "withdraw", "plain").status(), 200);
    }
}
