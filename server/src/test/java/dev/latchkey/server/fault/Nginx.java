package dev.latchkey.server.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The machine's nginx in front of servers, configured by {@code nginx.conf} beside this class. */
final class Nginx implements AutoCloseable {
    private static final int LONGEST_END_SECONDS = 5;

    private final Process process;
    private final Path folder;
    private final int port;

    private Nginx(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param folder of its own, empty
     * @param servers hosts and ports
     */
    static Nginx start(Path folder, int port, List<String> servers) throws IOException {
        String configuration = template()
                .replace("@folder@", folder.toString())
                .replace("@port@", String.valueOf(port))
                .replace(
                        "@servers@",
                        servers.stream()
                                .map("server %s max_fails=3 fail_timeout=1s;"::formatted)
                                .collect(Collectors.joining("\n        ")));
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        Process process = new ProcessBuilder(
                        Tool.find("nginx").orElseThrow().toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        folder.resolve("errors").toString(),
                        "-c",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Nginx nginx = new Nginx(process, folder, port);
        nginx.waitUntilItListens();
        return nginx;
    }

    private static String template() {
        try (InputStream in = Nginx.class.getResourceAsStream("nginx.conf")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void waitUntilItListens() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("nginx does not listen: " + Files.readString(folder.resolve("output")));
            }
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!Tool.endsWithin(process, LONGEST_END_SECONDS)) {
            process.destroyForcibly();
        }
    }
}
