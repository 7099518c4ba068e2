package dev.latchkey.server.command;

import java.io.IOException;

/** {@code store new-epoch}: ends all that was issued before, in a store that was restored by other means. */
final class StoreNewEpoch extends UpkeepCommand {
    StoreNewEpoch(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec(
                        "new-epoch",
                        "Ends every session, code and token that was issued before, as restore does: for a database"
                                + " that was restored by its own tools, before servers start on it.")
                .flag(DESPITE_CLOCK, DESPITE_CLOCK_HELP);
    }

    @Override
    int run(Arguments arguments, Terminal terminal, Upkeep store) throws IOException {
        long epoch = store.beginEpoch(arguments.flag(DESPITE_CLOCK));
        terminal.out().println("epoch " + epoch + " has begun, and every session ended");
        return OK;
    }
}
