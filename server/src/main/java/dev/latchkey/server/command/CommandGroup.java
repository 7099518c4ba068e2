package dev.latchkey.server.command;

import dev.latchkey.server.setting.Nearest;
import java.util.List;

/** Commands under one word, as {@code token create} and {@code token verify}. By itself it prints its help. */
record CommandGroup(String name, String description, List<Command> commands) implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(name, description).positional("COMMAND", Syntax.Occurs.ANY, "What to do.");
    }

    /**
     * The command of this name.
     *
     * @throws CommandException when there is none
     */
    Command find(String word) {
        List<String> names =
                commands.stream().map(command -> command.syntax().name()).toList();
        int index = names.indexOf(word);
        if (index < 0) {
            throw CommandException.usage("there is no command " + word
                    + Nearest.nearest(word, names)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        return commands.get(index);
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Usage.print(name, this, terminal.err());
        return USAGE;
    }
}
