package dev.latchkey.server.command;

import java.util.List;

/** A command cannot do what it was told. Each line of the message is for a person, and none holds a secret. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> lines;

    private CommandException(List<String> lines, int exitCode) {
        super(String.join("; ", lines), null, false, false);
        this.lines = List.copyOf(lines);
        this.exitCode = exitCode;
    }

    static CommandException refused(String message) {
        return refused(List.of("latchkey: " + message));
    }

    /** With lines that say for themselves where they come from. */
    static CommandException refused(List<String> lines) {
        return new CommandException(lines, Command.REFUSED);
    }

    /** What was typed makes no sense. */
    static CommandException usage(String message) {
        return new CommandException(List.of("latchkey: " + message), Command.USAGE);
    }

    List<String> lines() {
        return lines;
    }

    int exitCode() {
        return exitCode;
    }
}
