package dev.latchkey.server.command;

import dev.latchkey.server.setting.SettingsInput;
import dev.latchkey.server.setting.SettingsOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code config check}: tells every problem of a configuration file. */
final class ConfigCheck implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "check",
                        "Checks a configuration file, with the environment, and tells every problem with its line.")
                .positional("FILE", "The configuration, in YAML.");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) {
        Path file = Path.of(arguments.positional());
        return switch (new SettingsInput(Optional.of(file), terminal.environment(), List.of()).load()) {
            case SettingsOutcome.Accepted _ -> {
                terminal.out().println("ok");
                yield OK;
            }
            case SettingsOutcome.Refused refused -> {
                refused.problems().forEach(terminal.err()::println);
                yield REFUSED;
            }
        };
    }
}
