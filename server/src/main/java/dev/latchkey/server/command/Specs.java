package dev.latchkey.server.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Short forms of picocli's model. */
final class Specs {
    private Specs() {}

    /** A command with {@code --help}. */
    static CommandSpec command(Command command, String name, String description) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
        spec.usageMessage().description(description).sortOptions(false).width(100);
        return spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
    }

    /** An option with one value. */
    static OptionSpec option(String name, String label, String description) {
        return value(name, label, description).build();
    }

    static OptionSpec required(String name, String label, String description) {
        return value(name, label, description).required(true).build();
    }

    /** An option that may be repeated. */
    static OptionSpec repeated(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    static PositionalParamSpec positional(String label, String description) {
        return PositionalParamSpec.builder()
                .type(String.class)
                .arity("1")
                .index("0")
                .required(true)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static OptionSpec.Builder value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description);
    }
}
