package dev.latchkey.server.command;

/** A command cannot do what it was told. The message is one line for a person, without a secret. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(String message, int exitCode) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    static CommandException refused(String message) {
        return new CommandException(message, Command.REFUSED);
    }

    /** What was typed makes no sense. */
    static CommandException usage(String message) {
        return new CommandException(message, Command.USAGE);
    }

    int exitCode() {
        return exitCode;
    }
}
