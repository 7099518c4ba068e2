package dev.latchkey.server.soak;

import dev.latchkey.server.FreePort;
import dev.latchkey.server.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, with one configuration however often it is killed. Used by one thread. */
public final class ServerProcess implements AutoCloseable {
    private static final int LONGEST_DRAIN_SECONDS = 20;

    private final Path folder;
    private final String url;
    private Process process;

    /**
     * What is run.
     *
     * @param before words of the command before the program itself, as those that choose its network
     * @param classPath where its classes are
     */
    public record Program(List<String> before, String classPath) {
        public Program {
            before = List.copyOf(before);
        }

        /** The classes that this test was built with. */
        public static Program built() {
            return new Program(
                    List.of(), System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        }

        /** What was built at another time, a folder with {@code lib/} in it. */
        public static Program of(Path distribution) {
            return new Program(List.of(), distribution.resolve("lib") + File.separator + "*");
        }

        public Program after(List<String> words) {
            return new Program(words, classPath);
        }

        private List<String> command(Path configuration) {
            List<String> command = new ArrayList<>(before);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-cp",
                    classPath,
                    Main.class.getName(),
                    "serve",
                    "--config",
                    configuration.toString()));
            return command;
        }
    }

    /**
     * A server that does not run yet.
     *
     * @param folder of its own, which must exist
     * @param url where it will be
     * @param configuration in YAML
     */
    public ServerProcess(Path folder, String url, String configuration) throws IOException {
        this.folder = folder;
        this.url = url;
        Files.writeString(folder.resolve("latchkey.yaml"), configuration);
    }

    /** With a user alice, and a SQLite store in the folder. */
    public static ServerProcess onSqlite(Path folder) throws IOException {
        int port = FreePort.next();
        return new ServerProcess(
                folder, "http://127.0.0.1:" + port, """
                    port: %d
                    store: 'sqlite:%s'
                    data: '%s'
                    passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
                    users:
                      - {username: alice, password: correct horse battery staple}
                    """.formatted(port, store(folder), folder.resolve("data")));
    }

    private static Path store(Path folder) {
        return folder.resolve("latchkey.db");
    }

    /** The store of a server made by {@link #onSqlite}. */
    public Path store() {
        return store(folder);
    }

    public String url() {
        return url;
    }

    /** Starts it, and returns while it is still starting. */
    public void launch() throws IOException {
        launch(Program.built());
    }

    private void launch(Program program) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.command(folder.resolve("latchkey.yaml")));
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        process = builder.start();
    }

    /** Starts it, and returns when it answers. */
    public void start() throws IOException {
        start(Program.built());
    }

    public void start(Program program) throws IOException {
        launch(program);
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        while (line != null && !line.contains("ready")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the server did not start:\n" + log());
        }
    }

    /** {@code kill -9}: it gets no chance to do anything. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process survives kill -9");
        }
    }

    /** SIGTERM, as a supervisor sends it; returns when it has drained and ended. */
    public void stop() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(LONGEST_DRAIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process does not end on SIGTERM");
        }
    }

    public String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
