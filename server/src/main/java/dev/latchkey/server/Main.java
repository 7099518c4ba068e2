package dev.latchkey.server;

import dev.latchkey.server.command.Program;
import dev.latchkey.server.command.Terminal;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The entry of the {@code latchkey} program: gives the commands the real terminal, clock and randomness. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        Terminal terminal = new Terminal(System.in, out, err, System.getenv(), Main::prompt, clock, random);
        int exitCode = Program.create(new LocalBackend(clock, random)).run(List.of(arguments), terminal);
        out.flush();
        System.exit(exitCode);
    }

    @SuppressWarnings("SystemConsoleNull") // it may be, says its contract
    private static Optional<String> prompt(String question) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return Optional.empty();
        }
        return Optional.ofNullable(console.readPassword("%s", question)).map(String::new);
    }
}
