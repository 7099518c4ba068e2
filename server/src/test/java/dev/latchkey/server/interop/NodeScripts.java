package dev.latchkey.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.token.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The scripts of src/test/node with their packages, for the Node.js of this machine; skipped without it, loudly. */
final class NodeScripts {
    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path FOLDER = Path.of("target/node");

    private NodeScripts() {}

    /** Copies the scripts and installs what the lock file says, unless that was done before. */
    static NodeScripts installOrSkip(String test) {
        if (!isOnPath("node") || !isOnPath("npm")) {
            skip(test, "no node and npm on the PATH");
        }
        try {
            boolean same = isInstalled();
            copy();
            if (!same
                    && run(120, "", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                                    .status()
                            != 0) {
                skip(test, "npm ci failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new NodeScripts();
    }

    private static void skip(String test, String reason) {
        System.err.println(reason.toUpperCase(Locale.ROOT) + ": " + test + " IS SKIPPED");
        Assumptions.abort(reason);
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean isInstalled() throws IOException {
        Path lock = FOLDER.resolve("package-lock.json");
        return Files.isDirectory(FOLDER.resolve("node_modules"))
                && Files.exists(lock)
                && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) < 0;
    }

    private static void copy() throws IOException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.toList()) {
                Files.copy(source, FOLDER.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Runs a script with JSON as its input, and gives the JSON of its output. */
    Map<String, Object> run(String script, String input) {
        try {
            Ended ended = run(60, input, "node", script);
            assertThat(ended.status()).as(ended.text()).isZero();
            return Json.parseObject(ended.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Ended(int status, String text) {}

    /** Runs a program of a bounded time; what it says goes to a file, so that it cannot wait for a reader. */
    private static Ended run(int seconds, String input, String... command) throws IOException {
        Path output = Files.createTempFile("latchkey-node", ".out");
        Process process = new ProcessBuilder(List.of(command))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (var standardInput = process.outputWriter()) {
            standardInput.write(input);
        }
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command[0] + " took too long: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Files.delete(output);
        }
    }
}
