package dev.latchkey.server;

import dev.latchkey.server.command.Program;
import dev.latchkey.server.command.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does once what the program does first, so that the JVM can keep the classes it needed (JEP 483, 514). Run by the launcher
 * when it has built the program, with the folder it may use as its argument.
 */
final class Rehearsal {
    private static final String SECRET = "only for the rehearsal, not a secret";

    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private Rehearsal() {}

    public static void main(String[] arguments) {
        new Rehearsal().commands();
    }

    private void commands() {
        run("version");
        run("token", "create", "--secret", SECRET, "--sub", "rehearsal", "--claim", "x=1");
        run("token", "verify", "--secret", SECRET, "x.y.z");
        run("help", "token", "verify");
    }

    private void run(String... arguments) {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                Map.of(),
                _ -> Optional.empty(),
                InstantSource.system(),
                new SecureRandom());
        int exitCode = Program.create().run(List.of(arguments), terminal);
        System.getLogger(Rehearsal.class.getName())
                .log(System.Logger.Level.DEBUG, "{0} ended with {1}", arguments[0], exitCode);
    }
}
