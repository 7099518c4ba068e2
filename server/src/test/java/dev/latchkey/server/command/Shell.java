package dev.latchkey.server.command;

import dev.latchkey.server.setting.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands in this process, at a time of the test's choosing. */
record Shell(Instant now, String input, Map<String, String> environment, Backend backend) {
    /** What a command left behind. */
    record Outcome(int exitCode, String out, String err) {
        String line() {
            return out.strip();
        }
    }

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static Shell plain() {
        return new Shell(NOW, "", Map.of(), new NoBackend());
    }

    Shell at(Instant instant) {
        return new Shell(instant, input, environment, backend);
    }

    Shell with(String standardInput) {
        return new Shell(now, standardInput, environment, backend);
    }

    Shell with(Map<String, String> variables) {
        return new Shell(now, input, variables, backend);
    }

    Shell on(Backend server) {
        return new Shell(now, input, environment, server);
    }

    /** For commands that need none. */
    private record NoBackend() implements Backend {
        @Override
        public Running start(Settings settings) {
            throw new IllegalStateException("this command starts no server");
        }

        @Override
        public Administration administer(Settings settings) {
            throw new IllegalStateException("this command opens no store");
        }

        @Override
        public Upkeep upkeep(Settings settings) {
            throw new IllegalStateException("this command looks after no store");
        }
    }

    Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                _ -> Optional.empty(),
                InstantSource.fixed(now),
                new SecureRandom());
        int exitCode = Program.create(backend).run(List.of(arguments), terminal);
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
