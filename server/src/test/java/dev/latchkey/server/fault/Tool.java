package dev.latchkey.server.fault;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that the fault tests need and the build does not bring. */
final class Tool {
    private static final Path POSTGRES_VERSIONS = Path.of("/usr/lib/postgresql");
    private static final int LONGEST_RUN_SECONDS = 60;

    private Tool() {}

    /** A program on the path, or where administrators keep theirs. */
    static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin" + File.pathSeparator
                + "/sbin";
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The folder of PostgreSQL's programs: {@code latchkey.fault.postgresql-bin}, else the newest that is installed. */
    static Optional<Path> postgresBin() {
        String given = System.getProperty("latchkey.fault.postgresql-bin", "");
        if (!given.isEmpty()) {
            return Optional.of(Path.of(given));
        }
        if (!Files.isDirectory(POSTGRES_VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(POSTGRES_VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Says in capitals what is missing, and skips the test. */
    static void need(boolean there, String what, String test) {
        if (!there) {
            System.err.println("NO " + what.toUpperCase(Locale.ROOT) + ": " + test + " IS SKIPPED");
            Assumptions.abort("no " + what);
        }
    }

    /** Runs a command to its end and returns what it said. */
    static String run(List<String> command) throws IOException {
        Path output = Files.createTempFile("latchkey-output", null);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = endsWithin(process, LONGEST_RUN_SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + said);
            }
            return said;
        } finally {
            Files.delete(output);
        }
    }

    static boolean endsWithin(Process process, int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String run(String... command) throws IOException {
        return run(List.of(command));
    }
}
