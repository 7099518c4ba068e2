package dev.latchkey.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More issuers than there is room for, whose stores take long to let go of: what they write last waits for another's lock. */
@Timeout(120)
class IssuerRoomTest {
    /** With {@code open-issuers: 1} there is room for 9. */
    private static final int ISSUERS = 12;

    private final String configuration = IntStream.range(0, ISSUERS)
            .mapToObj(number -> "  i" + number + ": {}\n")
            .collect(Collectors.joining("", "issuers:\n", ""));
    private final TestServer server = TestServer.startOnSqlite(configuration);
    private final List<Connection> others = new ArrayList<>();

    @AfterEach
    void stop() throws SQLException {
        letGo();
        server.close();
    }

    private static String path(int number) {
        return "/i" + number + "/jwks";
    }

    private void lockAll() throws SQLException {
        for (int number = 0; number < ISSUERS; number++) {
            Connection other = DriverManager.getConnection("jdbc:sqlite:"
                    + server.folder().resolve("data/issuers/i" + number + ".db") + TestServer.PATIENT_CONNECTION);
            others.add(other);
            try (Statement statement = other.createStatement()) {
                statement.execute("begin immediate");
            }
        }
    }

    private void letGo() throws SQLException {
        for (Connection other : others) {
            other.close();
        }
        others.clear();
    }

    @Test
    void thoseThatAreBeingClosedCountAndWhoFindsNoRoomIsToldWhenToComeAgain() throws Exception {
        for (int number = 0; number < ISSUERS; number++) {
            assertThat(server.get(path(number)).status()).isEqualTo(200); // makes its keys
        }
        server.restartWith(configuration + "limits: {open-issuers: 1}\n");
        lockAll();
        List<Answer> refused = List.of();
        while (refused.isEmpty()) { // to a machine that stands still for seconds, no store is slow
            List<Answer> answers = askAll();
            assertThat(answers).extracting(Answer::status).contains(200);
            refused = answers.stream().filter(answer -> answer.status() != 200).toList();
        }
        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).contains("1");
            assertThat(answer.text("error")).isEqualTo("temporarily_unavailable");
        });
        letGo();
        for (int number = 0; number < ISSUERS; number++) {
            while (server.get(path(number)).status() != 200) {
                server.clock().turn(Duration.ofSeconds(1));
            }
        }
    }
    /** What all of them are answered who ask at once. */
    private List<Answer> askAll() throws Exception {
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> asked = new ArrayList<>();
            for (int number = 0; number < ISSUERS; number++) {
                String path = path(number);
                asked.add(threads.submit(() -> server.get(path)));
            }
            for (Future<Answer> answer : asked) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
