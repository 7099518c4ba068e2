package dev.latchkey.server.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Commands under one word, as {@code token create} and {@code token verify}. By itself it prints its help. */
record CommandGroup(String name, String description, List<Command> commands) implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Specs.command(this, name, description);
        for (Command command : commands) {
            CommandSpec sub = command.spec();
            spec.addSubcommand(sub.name(), sub);
        }
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        new CommandLine(arguments.commandSpec()).usage(terminal.err());
        return USAGE;
    }
}
