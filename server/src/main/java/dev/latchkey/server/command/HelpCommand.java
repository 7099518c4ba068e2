package dev.latchkey.server.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code help}, {@code help token create}: how a command is used. */
final class HelpCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Specs.command(this, "help", "Shows how a command is used.")
                .addPositional(PositionalParamSpec.builder()
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("0..*")
                        .index("0..*")
                        .paramLabel("COMMAND")
                        .description("The command, as in: help token create.")
                        .build());
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) {
        CommandSpec self = parsed.commandSpec();
        CommandLine line =
                self.parent() == null ? self.commandLine() : self.parent().commandLine();
        for (String name : parsed.matchedPositionalValue(0, List.<String>of())) {
            CommandLine next = line.getSubcommands().get(name);
            if (next == null) {
                throw CommandException.usage("there is no command " + name);
            }
            line = next;
        }
        line.usage(terminal.out(), Ansi.OFF);
        return OK;
    }
}
