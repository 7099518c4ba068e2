package dev.latchkey.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script as a process of its own, in a distribution made of this build's classes. */
class LauncherTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private static Path folder = Path.of("");

    private record Ended(int exitCode, String out, String err) {}

    @BeforeAll
    static void unpack() throws IOException {
        assumeTrue(!System.getProperty("os.name").startsWith("Windows"), "the launcher is a POSIX script");
        Path home = Files.createDirectories(folder.resolve("a folder"));
        Path lib = Files.createDirectories(home.resolve("lib"));
        Files.copy(Path.of("..", "latchkey"), home.resolve("latchkey"));
        assertThat(home.resolve("latchkey").toFile().setExecutable(true)).isTrue();
        List<String> names = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (entry.endsWith(".jar")) {
                Files.createSymbolicLink(lib.resolve(path.getFileName()), path);
                names.add("lib/" + path.getFileName());
            } else if (path.endsWith("classes")
                    && path.equals(Path.of("target", "classes").toAbsolutePath())) {
                jar(path, lib.resolve("latchkey-server-0.jar"));
            } else if (path.endsWith("classes")) {
                jar(path, lib.resolve("latchkey-token-0.jar"));
                names.add("lib/latchkey-token-0.jar");
            }
        }
        Files.writeString(lib.resolve("classpath"), String.join(":", names));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("a folder", "latchkey"));
    }

    private static void jar(Path classes, Path target) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }

    private static Ended run(Map<String, String> environment, String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(folder.resolve("link").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = builder.redirectError(err.toFile()).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Ended(process.exitValue(), out, Files.readString(err));
    }

    @Test
    void startsThroughALinkFromAnywhereWithNothingOnItsOutputButTheResult() throws IOException {
        Ended created =
                run(Map.of(), "", "token", "create", "--sub", "Sir Ameen", "--expires", "1m", "--secret", SECRET);
        assertThat(created.err()).isEmpty();
        assertThat(created.exitCode()).isZero();
        assertThat(created.out()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\n");

        Ended verified = run(Map.of("LATCHKEY_SECRET", SECRET), created.out() + "x\n", "token", "verify", "-");
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out().lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"valid\":true", "\"sub\":\"Sir Ameen\""),
                        second -> assertThat(second).contains("\"reason\":\"malformed\""));
    }

    @Test
    void passesOptionsToTheJvmAndTakesAnotherCollectorFromThem() throws IOException {
        Ended ended = run(Map.of("LATCHKEY_JAVA_OPTS", "-XX:+UseParallelGC -Xmx64m"), "", "version");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).startsWith("Latchkey ");
    }

    @Test
    void anOlderJavaIsPassedOver() throws IOException {
        Path old = folder.resolve("old");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 3\n");
        assertThat(old.resolve("bin/java").toFile().setExecutable(true)).isTrue();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.2\"\n");
        Ended ended = run(
                Map.of("LATCHKEY_JAVA_HOME", old.toString(), "JAVA_HOME", System.getProperty("java.home")),
                "",
                "version");
        assertThat(ended.out()).startsWith("Latchkey ");
    }
}
