package dev.latchkey.server.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One PostgreSQL server of the machine's packages with its data in a folder of its own. It runs as {@code postgres} where the
 * test runs as root, which PostgreSQL refuses to run as. Used by one thread.
 */
final class PostgresNode implements AutoCloseable {
    static final String USER = "latchkey";
    static final String DATABASE = "latchkey";
    private static final String OWNER = "postgres";

    private final Path bin;
    private final Path folder;
    private final int port;

    private PostgresNode(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Makes a server with an empty database, and starts it.
     *
     * @param folder must exist; its data will be in {@code data} in it
     * @param settings lines of {@code postgresql.conf}
     */
    static PostgresNode create(Path bin, Path folder, int port, String settings) throws IOException {
        PostgresNode node = new PostgresNode(bin, folder, port);
        giveToOwner(folder);
        node.run("initdb", "-D", node.data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--wal-segsize=4");
        Files.writeString(node.file("postgresql.conf"), settings + node.address(), StandardOpenOption.APPEND);
        // addresses of test networks on this machine, and nobody else's, reach it
        Files.writeString(node.file("pg_hba.conf"), """
            host all all 127.0.0.1/32 trust
            host all all 169.254.0.0/16 trust
            host replication all 127.0.0.1/32 trust
            """);
        giveToOwner(folder);
        node.start();
        node.sql("postgres", "create database " + DATABASE);
        return node;
    }

    /** Makes a copy of a running server that follows it under a name. */
    static PostgresNode copy(PostgresNode primary, Path folder, int port, String name) throws IOException {
        PostgresNode node = new PostgresNode(primary.bin, folder, port);
        giveToOwner(folder);
        node.run(
                "pg_basebackup",
                "-D",
                node.data(),
                "-R",
                "-X",
                "stream",
                "-c",
                "fast",
                "-d",
                "host=127.0.0.1 port=" + primary.port + " user=" + USER + " application_name=" + name);
        Files.writeString(node.file("postgresql.conf"), node.address(), StandardOpenOption.APPEND);
        node.start();
        return node;
    }

    private static void giveToOwner(Path folder) throws IOException {
        if (Tool.isRoot()) {
            Tool.run("chown", "-R", OWNER + ":" + OWNER, folder.toString());
        }
    }

    private String address() {
        return "\nport = " + port + "\nunix_socket_directories = ''\n";
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Path file(String name) {
        return folder.resolve("data").resolve(name);
    }

    int port() {
        return port;
    }

    /** Runs one of PostgreSQL's programs as the owner of the data. */
    private String run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (Tool.isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--init-groups", "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        return Tool.run(command);
    }

    void start() throws IOException {
        run(
                "pg_ctl",
                "start",
                "-w",
                "-t",
                "50",
                "-D",
                data(),
                "-l",
                folder.resolve("log").toString());
    }

    /** As by a loss of power: nothing is finished. */
    void stopImmediately() throws IOException {
        run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
    }

    void promote() throws IOException {
        run("pg_ctl", "promote", "-w", "-D", data());
    }

    void reload() throws IOException {
        run("pg_ctl", "reload", "-D", data());
    }

    boolean isRunning() throws IOException {
        return processes().findAny().isPresent();
    }

    /** Stops the time of all its processes. */
    void pause() throws IOException {
        signal("-STOP");
    }

    void resume() throws IOException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException {
        // the first one starts the others: when it stands still, the list is complete
        ProcessHandle first = processes().findFirst().orElseThrow();
        signal(signal, first);
        for (ProcessHandle process : first.descendants().toList()) {
            signal(signal, process);
        }
    }

    private static void signal(String signal, ProcessHandle process) throws IOException {
        try {
            Tool.run("kill", signal, String.valueOf(process.pid()));
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    /** Its first process and all that come from it. */
    private Stream<ProcessHandle> processes() throws IOException {
        Path file = file("postmaster.pid");
        if (!Files.exists(file)) {
            return Stream.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.isEmpty()
                ? Stream.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(PostgresNode::isPostgres).stream()
                        .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()));
    }

    /** The number in a file of a server that was killed may be somebody else's by now. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }

    String sql(String database, String statement) throws IOException {
        return Tool.run(
                bin.resolve("psql").toString(),
                "-XAtq",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                statement,
                "host=127.0.0.1 port=" + port + " user=" + USER + " dbname=" + database);
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    @Override
    public void close() throws IOException {
        if (isRunning()) {
            resume();
            stopImmediately();
        }
    }
}
