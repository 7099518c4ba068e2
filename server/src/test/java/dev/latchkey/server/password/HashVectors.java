package dev.latchkey.server.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Hashes that other systems made of known passwords: {@code hash-vectors.tsv}, written by the script beside it. */
final class HashVectors {
    record Vector(String format, String maker, String password, String hash) {
        @Override
        public String toString() {
            return format + " by " + maker + " of " + password.length() + " characters";
        }
    }

    private HashVectors() {}

    static List<Vector> all() {
        try (InputStream file = Objects.requireNonNull(HashVectors.class.getResourceAsStream("hash-vectors.tsv"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(HashVectors::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vector read(String line) {
        String[] columns = line.split("\t", -1);
        return new Vector(columns[0], columns[1], columns[2].substring(1, columns[2].length() - 1), columns[3]);
    }
}
