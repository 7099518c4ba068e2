package dev.latchkey.server.command;

import java.io.IOException;

/** One command of the shell. Keeps no state, so one instance can run often. */
interface Command {
    int OK = 0;
    int REFUSED = 1;
    int USAGE = 2;

    /** Its name, options and help. */
    Syntax syntax();

    /**
     * Runs it and returns the exit code.
     *
     * @throws CommandException when it is refused, with the line to print
     * @throws IOException when input or output fails
     */
    int run(Arguments arguments, Terminal terminal) throws IOException;
}
