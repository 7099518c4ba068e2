package dev.latchkey.deploy;

import dev.latchkey.server.setting.Problem;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.setting.SettingsInput;
import dev.latchkey.server.setting.SettingsOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of this folder, and ways into what they say. */
final class Deployment {
    private Deployment() {}

    static Path file(String path) {
        return Path.of("").toAbsolutePath().resolve(path);
    }

    static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a YAML text that are not empty; a key that is there twice is refused. */
    static List<Map<?, ?>> documents(String yaml) {
        List<Map<?, ?>> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (document instanceof Map<?, ?> map) {
                documents.add(map);
            }
        }
        return documents;
    }

    /** What is at a path such as {@code spec/containers/0/name}; null where there is nothing. */
    static @Nullable Object at(@Nullable Object tree, String path) {
        Object here = tree;
        for (String step : path.split("/", -1)) {
            here = switch (here) {
                case Map<?, ?> map -> map.get(step);
                case List<?> list -> list.get(Integer.parseInt(step));
                case null, default -> null;
            };
        }
        return here;
    }

    /** The settings as the server reads them; what it refuses fails the test. */
    static Settings settings(String yaml, Map<String, String> environment) {
        return switch (SettingsInput.read(yaml, environment, List.of())) {
            case SettingsOutcome.Accepted accepted -> accepted.settings();
            case SettingsOutcome.Refused refused ->
                throw new AssertionError(
                        refused.problems().stream().map(Problem::toString).toList());
        };
    }
}
