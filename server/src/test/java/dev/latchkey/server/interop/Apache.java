package dev.latchkey.server.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Apache with mod_auth_openidc, as a process of its own on a free port of the loopback address, in front of an
 * application that knows nothing of sign-ins. Skipped where it is not installed, loudly.
 */
final class Apache implements AutoCloseable {
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    private final Path folder;
    private final Process process;
    private final int port;

    private Apache(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** A port that was free a moment ago: it has to be known before Apache listens. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void skipUnlessInstalled(String test) {
        if (program().isEmpty() || !Files.exists(MODULES.resolve("mod_auth_openidc.so"))) {
            String reason = "no apache2 with mod_auth_openidc";
            System.err.println(reason.toUpperCase(Locale.ROOT) + ": " + test + " IS SKIPPED");
            Assumptions.abort(reason);
        }
    }

    private static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "apache2"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it in front of an application, with directives of mod_auth_openidc. */
    static Apache start(int port, String application, String directives) {
        try {
            Path folder = Files.createTempDirectory("latchkey-apache");
            Path file = Files.writeString(
                    folder.resolve("apache.conf"), configuration(folder, port, application, directives));
            Process process = new ProcessBuilder(
                            program().orElseThrow().toString(), "-f", file.toString(), "-DFOREGROUND")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            Apache apache = new Apache(folder, process, port);
            apache.waitUntilItListens();
            return apache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(Path folder, int port, String application, String directives) {
        String modules = Stream.of(
                        "mpm_event", "authn_core", "authz_core", "authz_user", "proxy", "proxy_http", "auth_openidc")
                .map(name -> "LoadModule " + name + "_module " + MODULES.resolve("mod_" + name + ".so"))
                .collect(Collectors.joining("\n"));
        return """
            %s
            User nobody
            Group nogroup
            ServerRoot %s
            ServerName 127.0.0.1
            Listen 127.0.0.1:%d
            PidFile %s/pid
            ErrorLog %s/errors
            LogLevel warn
            StartServers 1
            GracefulShutdownTimeout 1
            <Location />
              AuthType openid-connect
              Require valid-user
            </Location>
            <Location /signed-out>
              AuthType none
              Require all granted
            </Location>
            ProxyPass /oidc !
            ProxyPass / %s/
            %s
            """.formatted(modules, folder, port, folder, folder, application, directives);
    }

    private void waitUntilItListens() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isListening()) {
            if (endsAtOnce() || System.nanoTime() > end) {
                String said = errors();
                close();
                throw new AssertionError("apache2 does not listen: " + said);
            }
        }
    }

    /** Gives it a moment. */
    private boolean endsAtOnce() {
        try {
            return process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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

    /** What it logged. */
    String errors() {
        StringBuilder text = new StringBuilder();
        try {
            for (String name : new String[] {"output", "errors"}) {
                Path file = folder.resolve(name);
                text.append(Files.exists(file) ? Files.readString(file) : "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy(); // the end of its first process is the end of its others
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
