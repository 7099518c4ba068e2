package dev.latchkey.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
    @Test
    void withoutACommandItShowsTheCommands() {
        Shell.Outcome outcome = Shell.plain().run();
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("token", "config", "version", "help");
    }

    @Test
    void helpShowsACommand() {
        assertThat(Shell.plain().run("help").out()).contains("token", "config");
        assertThat(Shell.plain().run("help", "token", "verify").out())
                .isEqualTo(Shell.plain().run("token", "verify", "--help").out())
                .contains("latchkey token verify", "--jwks");
    }

    @Test
    void versionNamesItselfAndItsJava() {
        assertThat(Shell.plain().run("version").out()).matches("(?s)Latchkey \\S+ \\(Java \\d+.*\\)\\n");
    }

    @Test
    void configCheckTellsAllProblems(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("latchkey.yaml");
        Files.writeString(file, "port: no\nprot: 1\n");
        Shell.Outcome refused = Shell.plain().run("config", "check", file.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith(file + ":"));

        Files.writeString(file, "port: ${PORT}\n");
        Shell.Outcome accepted = Shell.plain().with(Map.of("PORT", "9001")).run("config", "check", file.toString());
        assertThat(accepted).isEqualTo(new Shell.Outcome(0, "ok\n", ""));
    }
}
