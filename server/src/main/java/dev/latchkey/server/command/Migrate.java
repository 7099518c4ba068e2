package dev.latchkey.server.command;

import dev.latchkey.server.command.Upkeep.Migration;
import java.io.IOException;
import java.util.List;

/** {@code migrate}: tells which migrations a store has had, and applies those that it lacks. */
final class Migrate extends UpkeepCommand {
    private static final String DRY_RUN = "--dry-run";
    private static final String CONTRACT = "--contract";

    Migrate(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec(
                        "migrate",
                        "Brings the schema of the store up to date, as the start of a server does, and tells what"
                                + " it did.")
                .flag(DRY_RUN, "Tells what would be done, and does nothing.")
                .flag(CONTRACT, "Also takes away what older versions needed: once none of them runs on the store.");
    }

    @Override
    int run(Arguments arguments, Terminal terminal, Upkeep store) throws IOException {
        boolean contract = arguments.flag(CONTRACT);
        List<Migration> before = store.migrations();
        if (!arguments.flag(DRY_RUN)) {
            store.migrate(contract);
        }
        for (Migration migration : before) {
            terminal.out().println(migration.name() + ": " + text(migration, contract, arguments.flag(DRY_RUN)));
        }
        return OK;
    }

    private static String text(Migration migration, boolean contract, boolean dryRun) {
        return switch (migration.state()) {
            case APPLIED -> "applied before";
            case PENDING -> {
                if (migration.contracts() && !contract) {
                    yield "waits for " + CONTRACT;
                }
                yield dryRun ? "pending" : "applied now";
            }
        };
    }
}
