package dev.latchkey.server.setting;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a configuration is read from. An override counts before the environment, that before the file, that before the
 * default.
 *
 * @param file the YAML file, if any
 * @param environment the variables: those that begin with {@code LATCHKEY_} set keys, and {@code ${NAME}} in the file reads
 *     any of them
 * @param overrides {@code key=value} as after {@code --set}; the last one of a key counts
 */
public record SettingsInput(Optional<Path> file, Map<String, String> environment, List<String> overrides) {
    public SettingsInput {
        environment = Map.copyOf(environment);
        overrides = List.copyOf(overrides);
    }

    /** Nothing but defaults and these overrides. */
    public static SettingsInput of(String... overrides) {
        return new SettingsInput(Optional.empty(), Map.of(), List.of(overrides));
    }

    /** Reads and checks a configuration that is in no file. */
    public static SettingsOutcome read(String yaml, Map<String, String> environment, List<String> overrides) {
        return new SettingsReader(environment, new Problems()).read("configuration", yaml, overrides);
    }

    /** Reads and checks everything. */
    public SettingsOutcome load() {
        Problems problems = new Problems();
        Optional<String> text = file.flatMap(path -> readText(path, problems));
        if (!problems.isEmpty()) {
            return new SettingsOutcome.Refused(problems.all());
        }
        String name = file.map(Path::toString).orElse("");
        return new SettingsReader(environment, problems).read(name, text.orElse(""), overrides);
    }

    private static Optional<String> readText(Path path, Problems problems) {
        Place place = Place.file(path.toString());
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(YamlReader.MAX_CHARACTERS + 1);
            if (bytes.length > YamlReader.MAX_CHARACTERS) {
                problems.add(place, "", "is larger than 4 MiB");
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            problems.add(place, "", "is not UTF-8 text");
        } catch (NoSuchFileException e) {
            problems.add(place, "", "there is no such file");
        } catch (IOException e) {
            problems.add(place, "", "cannot be read");
        }
        return Optional.empty();
    }
}
