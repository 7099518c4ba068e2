package dev.latchkey.server.command;

import java.io.IOException;
import java.nio.file.Path;

/** {@code backup}: writes an embedded store into a file, also while the server runs. */
final class Backup extends UpkeepCommand {
    Backup(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec(
                        "backup",
                        "Writes the SQLite store into one file, as it is at one moment, also while the server runs."
                                + " The master key is not in it. PostgreSQL has its own tools: docs/operate/backup.md.")
                .positional("FILE", "Made anew, for its owner only.");
    }

    @Override
    int run(Arguments arguments, Terminal terminal, Upkeep store) throws IOException {
        Path file = Path.of(arguments.positional());
        Upkeep.Backup backup = store.backup(file);
        terminal.out().println("wrote " + file + ", " + backup.bytes() + " bytes, checked");
        return OK;
    }
}
