package dev.latchkey.server.command;

import java.util.function.Supplier;

/** {@code help}, {@code help token create}: how a command is used. */
final class HelpCommand implements Command {
    private final Supplier<CommandGroup> all;

    HelpCommand(Supplier<CommandGroup> all) {
        this.all = all;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of("help", "Shows how a command is used.")
                .positional("COMMAND", Syntax.Occurs.ANY, "The command, as in: help token create.");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Command command = all.get();
        String words = command.syntax().name();
        for (String word : arguments.positionals()) {
            if (!(command instanceof CommandGroup group)) {
                throw CommandException.usage("there is no command " + String.join(" ", arguments.positionals()));
            }
            command = group.find(word);
            words = words + " " + word;
        }
        Usage.print(words, command, terminal.out());
        return OK;
    }
}
