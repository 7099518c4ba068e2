package dev.latchkey.server.user;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The lines of a file, none longer than a bound, and their numbers. A line ends with LF or CR LF. */
final class UserImportLines {
    static final int MAX_LENGTH = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final BufferedReader file;
    private long number;

    UserImportLines(Reader file) {
        this.file = new BufferedReader(file);
    }

    /** The number of the line that was read last; the first is 1. */
    long number() {
        return number;
    }

    /**
     * The next line; empty at the end.
     *
     * @throws UserImportException when it is too long; the line after it can be read all the same
     */
    Optional<String> next() {
        try {
            StringBuilder line = new StringBuilder();
            int length = 0;
            int c = file.read();
            if (c < 0) {
                return Optional.empty();
            }
            number++;
            for (; c >= 0 && c != '\n'; c = file.read()) {
                if (length++ < MAX_LENGTH) {
                    line.append((char) c);
                }
            }
            if (length > MAX_LENGTH) {
                throw new UserImportException("The line is longer than " + MAX_LENGTH + " characters.");
            }
            return Optional.of(trimmed(line));
        } catch (IOException e) {
            throw new UncheckedIOException("the file of users cannot be read", e);
        }
    }

    private String trimmed(StringBuilder line) {
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        boolean marked = number == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK;
        return marked ? line.substring(1) : line.toString();
    }
}
