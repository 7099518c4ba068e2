package dev.latchkey.server.soak;

import dev.latchkey.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, on one store and one port however often it is killed. Used by one thread. */
final class ServerProcess implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    ServerProcess(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        Files.writeString(folder.resolve("latchkey.yaml"), configuration());
    }

    private String configuration() {
        return """
            port: %d
            store: 'sqlite:%s'
            data: '%s'
            passwords: {argon2-memory: 7MiB, argon2-iterations: 1}
            users:
              - {username: alice, password: correct horse battery staple}
            """.formatted(port, store(), folder.resolve("data"));
    }

    Path store() {
        return folder.resolve("latchkey.db");
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts it, and returns while it is still starting. */
    void launch() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                classPath,
                Main.class.getName(),
                "serve",
                "--config",
                folder.resolve("latchkey.yaml").toString()));
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        process = builder.start();
    }

    /** Starts it, and returns when it answers. */
    void start() throws IOException {
        launch();
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
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process survives kill -9");
        }
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
