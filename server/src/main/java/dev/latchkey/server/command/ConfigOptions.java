package dev.latchkey.server.command;

import dev.latchkey.server.setting.Problem;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.setting.SettingsInput;
import dev.latchkey.server.setting.SettingsOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options by which a command finds its configuration. */
final class ConfigOptions {
    private static final String ISSUER = "--issuer";

    private static final Path USUAL_FILE = Path.of("latchkey.yaml");

    private ConfigOptions() {}

    static Syntax addTo(Syntax spec) {
        return spec.option(
                        "--config",
                        "FILE",
                        "The configuration; without it LATCHKEY_CONFIG of the environment, or latchkey.yaml"
                                + " here if it is there.")
                .option("--data", "DIR", "The data folder; latchkey-data unless given.")
                .repeated("--set", "KEY=VALUE", "Any key of the configuration.");
    }

    /** The same, and which issuer the command is about. */
    static Syntax addIssuerTo(Syntax spec) {
        return addTo(spec).option(ISSUER, "NAME", "Which issuer, by its name or URL, where there are several.");
    }

    /**
     * The settings of the issuer that the command is about.
     *
     * @throws CommandException with every problem of the configuration, or where it is not said which issuer
     */
    static Settings loadIssuer(Arguments arguments, Terminal terminal) {
        Settings settings = load(arguments, terminal, List.of());
        Map<String, Settings> issuers = settings.hosting().issuers();
        Optional<String> wanted = arguments.text(ISSUER);
        if (issuers.isEmpty()) {
            String only = settings.issuerAt(settings.port());
            if (wanted.isPresent() && !wanted.get().equals(only)) {
                throw CommandException.refused("there is one issuer, " + only);
            }
            return settings;
        }
        String one = wanted.orElseThrow(
                () -> CommandException.usage("there are " + issuers.size() + " issuers: " + ISSUER + " says which"));
        return issuers.keySet().stream()
                .filter(name -> name.equals(one)
                        || settings.issuerAt(settings.port(), name).equals(one))
                .findFirst()
                .map(issuers::get)
                .orElseThrow(() -> CommandException.refused("there is no issuer " + one));
    }

    /**
     * The settings.
     *
     * @param more overrides that other options of the command stand for
     * @throws CommandException with every problem of the configuration
     */
    static Settings load(Arguments arguments, Terminal terminal, List<String> more) {
        List<String> overrides = new ArrayList<>(arguments.all("--set"));
        arguments.text("--data").ifPresent(folder -> overrides.add("data=" + folder));
        overrides.addAll(more);
        Optional<Path> file = arguments
                .text("--config")
                .or(() -> Optional.ofNullable(terminal.environment().get("LATCHKEY_CONFIG")))
                .map(Path::of)
                .or(() -> Optional.of(USUAL_FILE).filter(Files::exists));
        return switch (new SettingsInput(file, terminal.environment(), overrides).load()) {
            case SettingsOutcome.Accepted accepted -> accepted.settings();
            case SettingsOutcome.Refused refused ->
                throw CommandException.refused(
                        refused.problems().stream().map(Problem::toString).toList());
        };
    }
}
