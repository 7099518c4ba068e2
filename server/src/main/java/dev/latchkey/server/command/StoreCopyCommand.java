package dev.latchkey.server.command;

import dev.latchkey.server.setting.Settings;
import java.io.IOException;
import java.util.List;

/** {@code store copy}: moves a store to another database, SQLite or PostgreSQL, and compares the two. */
final class StoreCopyCommand implements Command {
    private static final String FROM = "--from";
    private static final String TO = "--to";

    private final Backend backend;

    StoreCopyCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Syntax syntax() {
        return ConfigOptions.addTo(Syntax.of(
                        "copy",
                        "Copies a store that no server runs on into an empty one, table by table, and compares the"
                                + " number and the sum of the rows."))
                .option(
                        FROM,
                        "STORE",
                        "As the key store: sqlite:FILE or postgresql://…; that of the configuration unless given.")
                .option(TO, "STORE", "Where to; must not hold anything.");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        String to = arguments.text(TO).orElseThrow(() -> CommandException.usage("give " + TO));
        List<String> from =
                arguments.text(FROM).map(text -> List.of("store=" + text)).orElse(List.of());
        Settings source = ConfigOptions.load(arguments, terminal, from);
        Settings target = ConfigOptions.load(arguments, terminal, List.of("store=" + to));
        List<Upkeep.CopiedTable> tables = backend.upkeep(source).copyTo(target);
        tables.forEach(table -> terminal.out().println(text(table)));
        return tables.stream().allMatch(Upkeep.CopiedTable::same) ? OK : REFUSED;
    }

    private static String text(Upkeep.CopiedTable table) {
        return table.name() + ": " + table.rows() + " rows, checksum " + table.checksum() + ", "
                + (table.same() ? "same" : "DIFFERENT in the target");
    }
}
