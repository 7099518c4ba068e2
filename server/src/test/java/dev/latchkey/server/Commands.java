package dev.latchkey.server;

import dev.latchkey.server.command.Program;
import dev.latchkey.server.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands in this process, on the store of a data folder. */
record Commands(InstantSource clock, Path data) {
    /** What a command left behind. */
    record Outcome(int exitCode, String out, String err) {}

    Outcome run(String... arguments) {
        return run(new SecureRandom(), arguments);
    }

    /** Runs one as another process does, on the store of a running server; returns what it says. */
    static String succeed(TestServer server, String... arguments) {
        return succeed(server, server.storeOptions(), arguments);
    }

    /**
     * The same.
     *
     * @param options by which the store is found
     */
    static String succeed(TestServer server, List<String> options, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        SecureRandom random = new SecureRandom();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream("mauve umbrella over Lisbon\n".getBytes(StandardCharsets.UTF_8)),
                print,
                print,
                Map.of(),
                _ -> Optional.empty(),
                server.clock(),
                random);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(options);
        int exitCode = Program.create(new LocalBackend(server.clock(), random)).run(all, terminal);
        String said = out.toString(StandardCharsets.UTF_8);
        if (exitCode != 0) {
            throw new AssertionError(said);
        }
        return said;
    }

    /** With randomness that may do something of its own when it is asked for. */
    Outcome run(SecureRandom random, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                _ -> Optional.empty(),
                clock,
                random);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        int exitCode =
                Program.create(new LocalBackend(clock, new SecureRandom())).run(all, terminal);
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
