package dev.latchkey.server.command;

import java.io.IOException;
import java.nio.file.Path;

/** {@code restore}: puts a backup in the place of an embedded store that nobody has open, and begins a new epoch. */
final class Restore extends UpkeepCommand {
    Restore(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec(
                        "restore",
                        "Puts a backup in the place of the SQLite store, while no server runs on it. All sessions end,"
                                + " and nothing counts that was issued before; the store that was there is kept beside"
                                + " it.")
                .flag(DESPITE_CLOCK, DESPITE_CLOCK_HELP)
                .positional("FILE", "Written by latchkey backup.");
    }

    @Override
    int run(Arguments arguments, Terminal terminal, Upkeep store) throws IOException {
        Path file = Path.of(arguments.positional());
        Upkeep.Restored restored = store.restore(file, arguments.flag(DESPITE_CLOCK));
        terminal.out()
                .println("restored " + file + "; epoch " + restored.epoch() + " has begun, and every session ended");
        restored.replaced().ifPresent(path -> {
            terminal.out().println("the store that was there is now " + path);
            if (!restored.replacedWasRead()) {
                terminal.out().println("it could not be read, so look yourself that this machine's clock is right");
            }
        });
        return OK;
    }
}
