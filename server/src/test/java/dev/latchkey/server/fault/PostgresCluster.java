package dev.latchkey.server.fault;

import dev.latchkey.server.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL primary, and a standby that has every commit before it is acknowledged ({@code synchronous_commit = on}). What an
 * operator or Patroni does to them is a method. Used by one thread.
 */
final class PostgresCluster implements AutoCloseable {
    private static final String STANDBY = "standby";

    private final Path folder;
    private final PostgresNode primary;
    private final PostgresNode standby;
    private PostgresNode current;

    private PostgresCluster(Path folder, PostgresNode primary, PostgresNode standby) {
        this.folder = folder;
        this.primary = primary;
        this.standby = standby;
        this.current = primary;
    }

    /** Both on this machine's disk, for this machine only. */
    static PostgresCluster start() throws IOException {
        Path folder = folder();
        return start(folder, Files.createDirectory(folder.resolve("primary")), "127.0.0.1");
    }

    /** Reachable under one more address, as that of a network that a test makes. */
    static PostgresCluster startAt(String address) throws IOException {
        Path folder = folder();
        return start(folder, Files.createDirectory(folder.resolve("primary")), "127.0.0.1," + address);
    }

    /** With the primary's data in an empty folder of the caller, as one on a small disk. */
    static PostgresCluster startIn(Path primaryFolder) throws IOException {
        return start(folder(), primaryFolder, "127.0.0.1");
    }

    /** One that the owner of the database may pass through. */
    private static Path folder() throws IOException {
        return Files.setPosixFilePermissions(
                Files.createTempDirectory("latchkey-postgres"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static PostgresCluster start(Path folder, Path primaryFolder, String addresses) throws IOException {
        Path bin = Tool.postgresBin().orElseThrow();
        PostgresNode primary = PostgresNode.create(bin, primaryFolder, FreePort.next(), settings(addresses));
        PostgresNode standby =
                PostgresNode.copy(primary, Files.createDirectory(folder.resolve(STANDBY)), FreePort.next(), STANDBY);
        PostgresCluster cluster = new PostgresCluster(folder, primary, standby);
        cluster.waitForStandby();
        return cluster;
    }

    private static String settings(String addresses) {
        return """
            listen_addresses = '%s'
            max_connections = 100
            shared_buffers = 64MB
            synchronous_commit = on
            wal_level = replica
            max_wal_size = 64MB
            min_wal_size = 16MB
            log_line_prefix = '%%m [%%p] '
            """.formatted(addresses);
    }

    private void waitForStandby() throws IOException {
        primary.sql("postgres", "alter system set synchronous_standby_names = '" + STANDBY + "'");
        primary.reload();
        for (int tries = 0; tries < 200; tries++) {
            if (primary.sql("postgres", "select sync_state from pg_stat_replication")
                    .strip()
                    .equals("sync")) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new IllegalStateException("the standby does not follow: " + standby.log());
    }

    PostgresNode primary() {
        return primary;
    }

    PostgresNode standby() {
        return standby;
    }

    /** Where a server finds it: both hosts, of which the one that takes writes is to be used. */
    String store() {
        return store("127.0.0.1");
    }

    /** Where a server finds it that reaches this machine by another address. */
    String store(String host) {
        return "postgresql://%s@%s:%d,%s:%d/%s"
                .formatted(PostgresNode.USER, host, primary.port(), host, standby.port(), PostgresNode.DATABASE);
    }

    /** The one that takes writes. */
    PostgresNode current() {
        return current;
    }

    /**
     * Makes the standby the primary. There is no standby of its own, so it must not wait for one. The old primary has to be
     * stopped by then, and must not come back as one.
     */
    void failOver() throws IOException {
        waitForNoStandby(standby);
        standby.promote();
        current = standby;
    }

    /** Has a node acknowledge what only it has, as Patroni does where no standby is left. */
    void waitForNoStandby(PostgresNode node) throws IOException {
        node.sql("postgres", "alter system set synchronous_standby_names = ''");
        node.reload();
    }

    /** Stops the time of both. */
    void pause() throws IOException {
        primary.pause();
        standby.pause();
    }

    void resume() throws IOException {
        standby.resume();
        primary.resume();
    }

    @Override
    public void close() throws IOException {
        primary.close();
        standby.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
