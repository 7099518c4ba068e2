package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.command.Program;
import dev.latchkey.server.command.Terminal;
import dev.latchkey.server.sql.PostgresLocation;
import dev.latchkey.server.sql.TestPostgres;
import dev.latchkey.token.Json;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit tail} and {@code audit export}, and the events that commands make. */
@Timeout(60)
class AuditCommandTest {
    private static final String[] ADD_FORMULA = {
        "client", "add", "=1+1", "--auth-method", "none", "--redirect-uri", "http://localhost/cb"
    };

    @TempDir
    private Path folder = Path.of("");

    private final TurnedClock clock = new TurnedClock();

    private int run(ByteArrayOutputStream out, String... arguments) {
        SecureRandom random = new SecureRandom();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(), stream, stream, Map.of(), _ -> Optional.empty(), clock, random);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.toString()));
        return Program.create(new LocalBackend(clock, random)).run(all, terminal);
    }

    private String out(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        run(out, arguments);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void commandsTellWhoDidWhat() {
        String password = out("user", "add", "alice");
        out("user", "disable", "alice");
        out("user", "enable", "alice");
        String changed = out("user", "passwd", "alice");
        out("session", "revoke", "--user", "alice");
        String secret = out("client", "add", "web", "--redirect-uri", "https://a.example/cb");
        String other = out("client", "secret", "web");
        out("client", "remove", "web");
        out("key", "rotate");
        out("user", "add", "alice");

        List<Map<String, Object>> events =
                out("audit", "export").lines().map(Json::parseObject).toList();

        assertThat(events)
                .extracting(event -> event.get("type"))
                .containsExactly(
                        "user_create",
                        "user_disable",
                        "user_enable",
                        "update_password",
                        "session_end",
                        "client_register",
                        "client_secret_change",
                        "client_delete",
                        "key_rotation");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.get("details"))
                        .asString()
                        .contains("origin=command", "os_user=" + System.getProperty("user.name")));
        for (String shown : List.of(password, changed, secret, other)) {
            String shownOnce = shown.replaceFirst("(?s).*(?:password|client_secret): (\\S+) .*", "$1");
            assertThat(shownOnce).hasSizeGreaterThanOrEqualTo(20).doesNotContain(" ");
            assertThat(events.toString()).doesNotContain(shownOnce);
        }
    }

    @Test
    void noCellOfTheCsvIsAFormula() {
        out(ADD_FORMULA);
        out("user", "add", "alice \"the, second\"");

        assertThat(out("audit", "export", "--format", "csv").lines())
                .satisfiesExactly(
                        head -> assertThat(head).isEqualTo("id,at,type,sub,client_id,sid,address,details"),
                        client -> assertThat(client).startsWith("1,2026-06-01T12:00:00Z,client_register,,'=1+1,,,\"{"),
                        user -> assertThat(user)
                                .contains("alice \\\"\"the, second\\\"\"")
                                .endsWith("}\""));
    }

    @Test
    void eventsAreChosenByTypeClientAndTime() {
        out(ADD_FORMULA);
        clock.turn(Duration.ofHours(2));
        out("user", "add", "alice");

        assertThat(out("audit", "export", "--since", "1h")).hasLineCount(1).contains("user_create");
        assertThat(out("audit", "export", "--until", "2026-06-01T13:00:00Z"))
                .hasLineCount(1)
                .contains("client_register");
        assertThat(out("audit", "export", "--since", "2026-06-02")).isEmpty();
        assertThat(out("audit", "export", "--type", "user_create")).hasLineCount(1);
        assertThat(out("audit", "export", "--client", "=1+1")).hasLineCount(1);
        assertThat(out("audit", "tail", "--lines", "1"))
                .startsWith("2026-06-01T14:00:00Z user_create ")
                .contains(" username=alice ")
                .hasLineCount(1);
        assertThat(out("audit", "tail", "--lines", "0")).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsToldInALine() {
        out("user", "add", "alice");
        for (String[] wrong : new String[][] {
            {"tail", "--type", "loginn"},
            {"tail", "--since", "yesterday"},
            {"tail", "--lines", "-1"},
            {"export", "--format", "xml"}
        }) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(run(out, "audit", wrong[0], wrong[1], wrong[2])).isEqualTo(2);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .startsWith("latchkey: ")
                    .hasLineCount(1);
        }
    }

    @Test
    void followGoesOnWithWhatComes() throws InterruptedException {
        out(ADD_FORMULA);
        ByteArrayOutputStream followed = new ByteArrayOutputStream();
        Thread follower = Thread.ofPlatform().start(() -> run(followed, "audit", "tail", "--follow"));
        while (!followed.toString(StandardCharsets.UTF_8).contains("client_register")) {
            Thread.onSpinWait();
        }
        out("user", "add", "alice");
        while (!followed.toString(StandardCharsets.UTF_8).contains("user_create")) {
            Thread.onSpinWait();
        }
        follower.interrupt();
        follower.join();
        // what it says of the interruption, if that met it while it was reading, is not an event
        assertThat(followed.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("2026")))
                .hasSize(2);
    }

    @Test
    void theTrailIsReadFromTheCopy() {
        PostgresLocation primary = TestPostgres.freshSchema();
        PostgresLocation copy = TestPostgres.freshSchema();
        try {
            out("user", "add", "alice", "--set", "store=" + TestPostgres.url(primary));
            out("user", "add", "copied", "--set", "store=" + TestPostgres.url(copy));

            assertThat(out(
                            "audit",
                            "tail",
                            "--set",
                            "store=" + TestPostgres.url(primary),
                            "--set",
                            "postgresql.replica=" + TestPostgres.url(copy)))
                    .contains("username=copied")
                    .doesNotContain("username=alice");
        } finally {
            TestPostgres.dropSchema(primary);
            TestPostgres.dropSchema(copy);
        }
    }
}
