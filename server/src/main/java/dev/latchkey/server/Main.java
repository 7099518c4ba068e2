package dev.latchkey.server;

import dev.latchkey.server.command.Backend;
import dev.latchkey.server.command.Program;
import dev.latchkey.server.command.Terminal;
import dev.latchkey.server.log.LogFormat;
import dev.latchkey.server.log.StandardErrorLog;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entry of the {@code latchkey} program: gives the commands the real terminal, clock and randomness. */
public final class Main {
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();

    Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // or each command on PostgreSQL would tell that a pool of connections begins and ends
        StandardErrorLog log = StandardErrorLog.install(LogFormat.TEXT);
        Main main = new Main();
        int exitCode;
        try {
            exitCode = main.run(main.backend(), List.of(arguments), out, err, System.getenv());
        } finally {
            Reference.reachabilityFence(log);
        }
        out.flush();
        if (exitCode != 0) {
            System.exit(exitCode); // which opens the logs of the JDK, so not for what went well
        }
    }

    Backend backend() {
        return new LocalBackend(clock, random);
    }

    int run(
            Backend backend,
            List<String> arguments,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment) {
        Terminal terminal = new Terminal(System.in, out, err, environment, new Keyboard(), clock, random);
        return Program.create(backend).run(arguments, terminal);
    }

    private static final class Keyboard implements Terminal.Prompt {
        @Override
        @SuppressWarnings("SystemConsoleNull") // it may be, says its contract
        public Optional<String> read(String question) {
            Console console = System.console();
            if (console == null || !console.isTerminal()) {
                return Optional.empty();
            }
            return Optional.ofNullable(console.readPassword("%s", question)).map(String::new);
        }
    }
}
