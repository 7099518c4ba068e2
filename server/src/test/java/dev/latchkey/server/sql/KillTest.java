package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of group commits: what was answered is there, what was not is whole or not at all. */
class KillTest {
    private static final int ROUNDS = 2;
    private static final int ANSWERS_BEFORE_KILL = 500;

    @TempDir
    Path folder;

    @Test
    void nothingThatWasAnsweredIsLostAndNothingIsHalf() throws Exception {
        Path file = folder.resolve("latchkey.db");
        Set<String> answered = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            answered.addAll(killedAfterAnswers(file, "round" + round));
        }

        try (SqliteDatabase database = SqliteDatabase.open(
                SqliteSettings.of(file), UnitOfWorkContract.ONE_TABLE, StoreListener.NONE, () -> {})) {
            Set<String> left = stored(database, "-left");
            Set<String> right = stored(database, "-right");

            assertThat(left).hasSizeGreaterThanOrEqualTo(ROUNDS * ANSWERS_BEFORE_KILL);
            assertThat(left).containsAll(answered);
            assertThat(right).isEqualTo(left);
            List<String> damages =
                    database.read(sql -> sql.list("pragma integrity_check", row -> row.text("integrity_check")));
            assertThat(damages).containsExactly("ok");
        }
    }

    private static Set<String> stored(Database database, String end) {
        return UnitOfWorkContract.names(database).stream()
                .filter(name -> name.endsWith(end))
                .map(name -> name.substring(0, name.length() - end.length()))
                .collect(Collectors.toSet());
    }

    private static Set<String> killedAfterAnswers(Path file, String round) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        KillVictim.class.getName(),
                        file.toString(),
                        round)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<String> answered = new HashSet<>();
        try (BufferedReader lines = victim.inputReader()) {
            while (answered.size() < ANSWERS_BEFORE_KILL) {
                String line = lines.readLine();
                assertThat(line).as("the victim lives").isNotNull();
                answered.add(line);
            }
            victim.toHandle().destroyForcibly(); // and not the process, which would close its output unread
            // what it still said before it died; the last line may be cut
            StringWriter rest = new StringWriter();
            lines.transferTo(rest);
            String complete = rest.toString().substring(0, rest.toString().lastIndexOf('\n') + 1);
            answered.addAll(complete.lines().toList());
        } finally {
            victim.destroyForcibly();
            victim.waitFor();
        }
        return answered;
    }
}
