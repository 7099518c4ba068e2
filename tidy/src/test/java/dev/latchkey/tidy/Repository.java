package dev.latchkey.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this repository as they are in the working tree, without what the build made. */
final class Repository {
    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".git", "latchkey-data", "node_modules");

    private Repository() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("latchkey"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " is the root");
            }
            folder = parent;
        }
        return folder;
    }

    static List<Path> files(String suffix) {
        Path root = root();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .filter(Files::isRegularFile)
                    .filter(file -> Stream.iterate(
                                    root.relativize(file), path -> path != null, path -> path.getParent())
                            .noneMatch(part ->
                                    SKIPPED_FOLDERS.contains(part.getFileName().toString())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String name(Path file) {
        return root().relativize(file).toString();
    }
}
