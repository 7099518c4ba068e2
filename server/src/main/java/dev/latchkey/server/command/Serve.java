package dev.latchkey.server.command;

import dev.latchkey.server.setting.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code serve}: runs the server until it is told to stop. */
final class Serve implements Command {
    private final Backend backend;

    Serve(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Syntax syntax() {
        return ConfigOptions.addTo(Syntax.of("serve", "Starts the server, and stops it at SIGTERM or Ctrl-C.")
                        .option("--port", "PORT", "The port to listen at, 0 for a free one; 9000 unless given."))
                .option("--log", "FORMAT", "How events are logged: text or json.");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        List<String> overrides = new ArrayList<>();
        arguments.text("--port").ifPresent(port -> overrides.add("port=" + port));
        arguments.text("--log").ifPresent(format -> overrides.add("log=" + format));
        Settings settings = ConfigOptions.load(arguments, terminal, overrides);
        try (Backend.Running server = backend.start(settings)) {
            Duration took = age(terminal);
            terminal.out()
                    .println("Latchkey is ready at " + server.issuer() + " (" + more(server) + "), started in "
                            + took.toMillis() + " ms");
            server.firstUser().ifPresent(user -> tellFirstUser(user, server.issuer(), terminal));
            terminal.out().flush();
            server.awaitStop();
        }
        return OK;
    }

    private static String more(Backend.Running server) {
        return server.issuers() == 1 ? "docs: " + server.issuer() + "/docs" : server.issuers() + " issuers";
    }

    private static void tellFirstUser(Backend.NewUser user, String issuer, Terminal terminal) {
        terminal.out()
                .println("First user: " + user.username() + ", password: " + user.password() + " (shown only now)");
        terminal.out()
                .println("Log in: curl -d username=" + user.username() + " --data-urlencode 'password="
                        + user.password() + "' " + issuer + "/login");
    }

    /** How long this process has been there, so that what the JVM itself takes is counted. */
    private static Duration age(Terminal terminal) {
        return ProcessAge.onLinux()
                .orElseGet(() -> ProcessHandle.current()
                        .info()
                        .startInstant()
                        .map(start -> Duration.between(start, terminal.clock().instant()))
                        .orElse(Duration.ZERO));
    }
}
