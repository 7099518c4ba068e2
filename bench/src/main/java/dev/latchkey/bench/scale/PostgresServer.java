package dev.latchkey.bench.scale;

import dev.latchkey.bench.load.UntilExit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the machine's packages, with its data in a folder of its own and everything that makes a commit durable left on.
 * It runs as {@code postgres} where this process runs as root, which PostgreSQL refuses to run as.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String OWNER = "postgres";
    private static final String SETTINGS = """
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        shared_buffers = 2GB
        max_wal_size = 8GB
        checkpoint_timeout = 15min
        max_connections = 200
        """;

    private final Path bin;
    private final Path data;
    private final int port;
    private final UntilExit untilExit;
    private boolean isStopped;

    private PostgresServer(Path bin, Path data, int port) throws IOException {
        this.bin = bin;
        this.data = data;
        this.port = port;
        this.untilExit = UntilExit.of(this::stop);
    }

    /** Starts the server whose data is in the folder; makes it there first, if it is not. */
    public static PostgresServer start(Path folder) throws IOException {
        Path data = folder.resolve("data");
        PostgresServer server = new PostgresServer(newestBin(), data, freePort());
        if (Files.notExists(data)) {
            Files.createDirectories(folder);
            server.own(folder);
            server.run("initdb", "-D", data.toString(), "-U", "latchkey", "-A", "trust", "--locale=C", "-E", "UTF8");
            Files.writeString(data.resolve("postgresql.conf"), SETTINGS, StandardOpenOption.APPEND);
        }
        server.launch(folder.resolve("log"));
        return server;
    }

    /** One after the other with {@link #stop}, so that what is just being started is stopped as well. */
    private synchronized void launch(Path log) throws IOException {
        if (isStopped) {
            throw new IOException("the process is being ended");
        }
        run("pg_ctl", "start", "-w", "-D", data.toString(), "-o", "-p " + port, "-l", log.toString());
    }

    private synchronized void stop() throws IOException {
        isStopped = true;
        if (Files.exists(data.resolve("postmaster.pid"))) {
            run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data.toString());
        }
    }

    private static Path newestBin() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pgbench")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("there is no PostgreSQL with pgbench on this machine"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void own(Path path) throws IOException {
        if (isRoot()) {
            execute(List.of("chown", OWNER, path.toString()));
        }
    }

    /** As a configuration names it. */
    public String url() {
        return "postgresql://latchkey@127.0.0.1:" + port + "/postgres";
    }

    /** Runs one of PostgreSQL's programs; gives what it prints. */
    String run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--init-groups", "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        return execute(command);
    }

    /** Runs statements; gives the rows, unaligned. */
    public String sql(String text) throws IOException {
        return run("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", url(), "-c", text)
                .strip();
    }

    /** Transactions a second of a script for pgbench, by so many clients, each with prepared statements. */
    double bench(String script, int clients, int seconds) throws IOException {
        Path file = Files.createTempFile("pgbench", ".sql");
        try {
            Files.writeString(file, script);
            own(file);
            String printed = run(
                    "pgbench",
                    "-n",
                    "-M",
                    "prepared",
                    "-c",
                    String.valueOf(clients),
                    "-j",
                    "2",
                    "-T",
                    String.valueOf(seconds),
                    "-f",
                    file.toString(),
                    url());
            return printed.lines()
                    .filter(line -> line.startsWith("tps = "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(6).split(" ", 2)[0]))
                    .findFirst()
                    .orElseThrow(() -> new IOException(printed));
        } finally {
            Files.delete(file);
        }
    }

    private static String execute(List<String> command) throws IOException {
        Path output = Files.createTempFile("postgres", ".out");
        try {
            // to a file: the server that pg_ctl starts would hold a pipe open
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int code = process.onExit().join().exitValue();
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            if (code != 0) {
                throw new IOException(String.join(" ", command) + ": " + printed);
            }
            return printed;
        } finally {
            Files.delete(output);
        }
    }

    @Override
    public void close() throws IOException {
        untilExit.close();
    }
}
