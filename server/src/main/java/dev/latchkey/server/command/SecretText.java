package dev.latchkey.server.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Secrets and keys for commands, taken from where no other user of the machine can read them. */
final class SecretText {
    static final String VARIABLE = "LATCHKEY_SECRET";
    private static final int MAX_BYTES = 256 << 10;

    private SecretText() {}

    /** What {@code --secret} says: the text itself, {@code @FILE}, or without the option the environment. */
    static Optional<String> find(Arguments arguments, Terminal terminal) {
        return arguments
                .text("--secret")
                .map(text -> text.startsWith("@") ? withoutLineEnd(readFile(text.substring(1))) : text)
                .or(() -> Optional.ofNullable(terminal.environment().get(VARIABLE)));
    }

    static String readFile(String name) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MAX_BYTES) {
                throw CommandException.refused(name + " is too large to be a key or a secret");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw CommandException.refused(name + " is not text");
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.refused("cannot read " + name);
        }
    }

    private static String withoutLineEnd(String text) {
        return text.replaceFirst("\\r?\\n$", "");
    }
}
