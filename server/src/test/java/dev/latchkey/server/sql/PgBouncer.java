package dev.latchkey.server.sql;

import dev.latchkey.server.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's PgBouncer in transaction mode, before the PostgreSQL of the tests. */
final class PgBouncer implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Optional<Path> program() {
        return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it on two connections, so that a client seldom meets the same one twice; returns when it listens. */
    static PgBouncer start(Path folder, PostgresLocation database) throws IOException {
        return start(folder, database, "extra_float_digits");
    }

    /** With the parameters of a connection that it takes and does not pass on. */
    static PgBouncer start(Path folder, PostgresLocation database, String ignored) throws IOException {
        int port = FreePort.next();
        String[] host = database.hosts().getFirst().split(":", 2);
        Path settings = Files.writeString(
                folder.resolve("pgbouncer.ini"), """
                    [databases]
                    * = host=%s port=%s user=%s

                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = transaction
                    default_pool_size = 2
                    ignore_startup_parameters = %s
                    server_reset_query =
                    """.formatted(host[0], host[1], database.user(), port, ignored));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString(), settings.toString()));
        if (System.getProperty("user.name", "").equals("root")) { // which it does not want to run as
            command.addAll(List.of("-u", "nobody"));
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        PgBouncer bouncer = new PgBouncer(process, port);
        bouncer.awaitListening(folder);
        return bouncer;
    }

    private void awaitListening(Path folder) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new IOException(Files.readString(folder.resolve("pgbouncer.log")));
            }
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The same database, through it. */
    PostgresLocation location(PostgresLocation database) {
        return new PostgresLocation(
                List.of("127.0.0.1:" + port),
                database.database(),
                database.user(),
                database.password(),
                database.parameters());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
