package dev.latchkey.server.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The passwords that are tried first: 49 000 of the most used, of four characters and more, in lower case. Kept as the sorted lines of
 * the file, which take a tenth of the memory that a set of strings would. Immutable.
 */
final class CommonPasswords {
    private final String lines;

    private CommonPasswords(String lines) {
        this.lines = lines;
    }

    static CommonPasswords read() {
        try (InputStream file =
                Objects.requireNonNull(CommonPasswords.class.getResourceAsStream("common-passwords.txt"))) {
            return new CommonPasswords(new String(file.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("the list of common passwords cannot be read", e);
        }
    }

    boolean contains(String word) {
        return first(word).equals(word);
    }

    /** The first one in the order of the alphabet that is not before the text; it begins with the text if any does. */
    String first(String text) {
        int low = 0;
        int high = lines.length();
        while (low < high) {
            int start = lines.lastIndexOf('\n', (low + high) / 2 - 1) + 1;
            int end = lines.indexOf('\n', start);
            if (lines.substring(start, end).compareTo(text) < 0) {
                low = end + 1;
            } else {
                high = start;
            }
        }
        return low < lines.length() ? lines.substring(low, lines.indexOf('\n', low)) : "";
    }
}
