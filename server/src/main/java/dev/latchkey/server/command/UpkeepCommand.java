package dev.latchkey.server.command;

import dev.latchkey.server.setting.Settings;
import java.io.IOException;

/** A command that works on a store as a whole. */
abstract class UpkeepCommand implements Command {
    static final String DESPITE_CLOCK = "--despite-clock";
    static final String DESPITE_CLOCK_HELP =
            "Begins the epoch by the clock of this machine, also where the store knows of a later time.";

    private final Backend backend;

    UpkeepCommand(Backend backend) {
        this.backend = backend;
    }

    /** A command with the options that find the store. */
    final Syntax spec(String name, String description) {
        return ConfigOptions.addIssuerTo(Syntax.of(name, description));
    }

    @Override
    public final int run(Arguments arguments, Terminal terminal) throws IOException {
        Settings settings = ConfigOptions.loadIssuer(arguments, terminal);
        return run(arguments, terminal, backend.upkeep(settings));
    }

    abstract int run(Arguments arguments, Terminal terminal, Upkeep store) throws IOException;
}
