package dev.latchkey.bench.load;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds a process down to a share of one core, however idle the others are, so that several processes on one machine act like
 * several small machines. A control group of Linux, version 1 or 2, which takes root; close it after the process has ended.
 */
public final class CpuShare implements AutoCloseable {
    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpu");
    private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");
    private static final long PERIOD_MICROS = 10_000;

    private static final Duration EMPTY_LIMIT = Duration.ofSeconds(20);
    private static final int POLL_MILLIS = 50;

    private final UntilExit untilExit;

    private CpuShare(UntilExit untilExit) {
        this.untilExit = untilExit;
    }

    /** @param cores more than 0, for example 0.25 */
    static CpuShare limit(ServerProcess process, double cores) throws IOException {
        long quota = Math.round(cores * PERIOD_MICROS);
        boolean first = Files.exists(VERSION_1.resolve("cpu.shares"));
        Path group = Files.createDirectory((first ? VERSION_1 : VERSION_2).resolve("latchkey-bench-" + process.pid()));
        UntilExit untilExit = UntilExit.of(() -> remove(group));
        if (first) {
            Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
            Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
        } else {
            Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
        }
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
        return new CpuShare(untilExit);
    }

    /** Whether processes can be held down here. */
    public static boolean isPossible() {
        return Files.isWritable(VERSION_1.resolve("cgroup.procs"))
                || Files.isWritable(VERSION_2.resolve("cgroup.subtree_control"));
    }

    @Override
    public void close() throws IOException {
        untilExit.close();
    }

    /** Waits until nothing is in it, where it is removed while its process is being ended. */
    private static void remove(Path group) throws IOException {
        long end = System.nanoTime() + EMPTY_LIMIT.toNanos();
        while (true) {
            try {
                Files.deleteIfExists(group);
                return;
            } catch (FileSystemException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
    }
}
