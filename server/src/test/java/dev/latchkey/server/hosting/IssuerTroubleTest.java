package dev.latchkey.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.CapturedLog;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that is broken takes its own issuer away, and nobody else's. */
@Timeout(120)
class IssuerTroubleTest {
    private static final Duration PAUSE = Duration.ofMinutes(2);

    private final ManyIssuers issuers = ManyIssuers.startOnFiles();
    private final TestServer server = issuers.server;
    private final CapturedLog log = CapturedLog.start();
    private final Path store = server.folder().resolve("data/issuers/red.db");

    /** Closes the issuers that are open: nobody has asked for a while. */
    @BeforeEach
    void beginWithClosedIssuers() {
        letThemClose();
    }

    @AfterEach
    void stop() {
        log.close();
        issuers.close();
    }

    private void letThemClose() {
        server.clock().turn(PAUSE);
        server.server().catchUp();
    }

    private void breakStore() throws IOException {
        Files.createDirectories(store.getParent());
        Files.writeString(store, "this is no database, and longer than the header of one: " + "x".repeat(2000));
    }

    private static void assertRefusedForNow(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).contains("1");
        assertThat(answer.text("error")).isEqualTo("temporarily_unavailable");
    }

    @Test
    void aStoreThatCannotBeOpenedIsAnsweredByItsOwn503() throws IOException {
        breakStore();

        assertRefusedForNow(ManyIssuers.login(server, "/red"));
        assertThat(ManyIssuers.login(server, "/blue").status()).isEqualTo(200);
        assertThat(server.readiness()).isEqualTo(200);
        assertThat(server.get("/metrics").body()).contains("latchkey_issuers_failing 1.0");
        assertThat(log.text()).contains("\"issuer_unavailable\"", "\"issuer\":\"red\"");
    }

    @Test
    void itIsServedAgainWhenItsStoreIsWellWithoutARestart() throws IOException {
        breakStore();
        assertRefusedForNow(ManyIssuers.login(server, "/red"));

        Files.delete(store);

        assertRefusedForNow(ManyIssuers.login(server, "/red")); // not tried again at once
        server.clock().turn(Duration.ofSeconds(2));
        assertThat(ManyIssuers.login(server, "/red").status()).isEqualTo(200);
        assertThat(server.get("/metrics").body()).contains("latchkey_issuers_failing 0.0");
    }

    @Test
    void aStoreThatGoesWhileItIsUsedTakesNobodyElseAway() throws IOException {
        String token = ManyIssuers.login(server, "/red").text("refresh_token");
        Path elsewhere = server.folder().resolve("elsewhere.db");
        Files.move(store, elsewhere);

        Answer refused = server.post("/red/token", "grant_type", "refresh_token", "refresh_token", token);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(ManyIssuers.login(server, "/blue").status()).isEqualTo(200);
        assertThat(server.readiness()).isEqualTo(200);
    }

    /** What is left to be written waits for a lock that somebody else holds, for longer than a request would wait. */
    @Test
    void aStoreThatClosesSlowlyKeepsNobodyElse() throws Exception {
        PostgresLocation slow = TestPostgres.freshSchema();
        try (TestServer many = TestServer.start(redOn(slow));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(ManyIssuers.login(many, "/red").status()).isEqualTo(200);
            try (Connection other = TestPostgres.connect(slow);
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("lock table last_seen in exclusive mode");

                Future<Answer> served = threads.submit(() -> many.get("/blue/jwks"));

                while (!isWaitedFor(statement)) {
                    Thread.onSpinWait();
                }
                assertThat(served.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
                assertThat(isWaitedFor(statement)).as("it is still closing").isTrue();
                other.rollback();
            }
            assertThat(ManyIssuers.login(many, "/red").status()).isEqualTo(200);
        } finally {
            TestPostgres.dropSchema(slow);
        }
    }

    private static String redOn(PostgresLocation location) {
        return """
            passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
            limits: {open-issuers: 1}
            issuers:
              red:
                store: '%s'
                users:
                  - {username: alice, password: correct horse battery staple}
              blue: {}
            """.formatted(TestPostgres.url(location));
    }

    private static boolean isWaitedFor(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "select 1 from pg_locks where relation = 'last_seen'::regclass and not granted")) {
            return rows.next();
        }
    }

    @Test
    void aServerStartsWithABrokenStore() throws IOException {
        issuers.restart();
        letThemClose();
        breakStore();
        issuers.restart();

        assertThat(ManyIssuers.login(server, "/blue").status()).isEqualTo(200);
        assertRefusedForNow(server.get("/red/jwks"));
    }

    @Test
    void theServerIsNotReadyWhereNoStoreTakesAWrite() throws IOException {
        for (String name : new String[] {"red", "blue", "green", "gray"}) {
            Path file = store.resolveSibling(name + ".db");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "this is no database, and longer than the header of one: " + "x".repeat(2000));
        }

        assertThat(server.get("/health/ready").status()).isEqualTo(503);
        assertThat(server.get("/health/live").status()).isEqualTo(200);
    }
}
