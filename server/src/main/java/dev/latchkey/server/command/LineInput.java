package dev.latchkey.server.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines from standard input. A line is bounded: what is longer comes as far as the bound and no further. */
final class LineInput {
    /** More than the library looks at in a token, so that a longer line is refused like any token that is too long. */
    private static final int MAX_LENGTH = 2 << 20;

    private final BufferedReader reader;

    LineInput(Terminal terminal) {
        reader = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }

    /** The next line without its end, or empty at the end of the input. */
    Optional<String> next() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return Optional.empty();
        }
        while (c >= 0 && c != '\n') {
            if (line.length() < MAX_LENGTH) {
                line.append((char) c);
            }
            c = reader.read();
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return Optional.of(line.toString());
    }
}
