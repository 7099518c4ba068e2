package dev.latchkey.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Holds a process down to a share of one core, however idle the others are, so that several processes on one machine act like
 * several small machines. A control group of Linux, version 1 or 2, which takes root; close it after the process has ended.
 */
public final class CpuShare implements AutoCloseable {
    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpu");
    private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");
    private static final long PERIOD_MICROS = 10_000;

    private final Path group;

    private CpuShare(Path group) {
        this.group = group;
    }

    /** @param cores more than 0, for example 0.25 */
    static CpuShare limit(ServerProcess process, double cores) throws IOException {
        long quota = Math.round(cores * PERIOD_MICROS);
        boolean first = Files.exists(VERSION_1.resolve("cpu.shares"));
        Path group = Files.createDirectory((first ? VERSION_1 : VERSION_2).resolve("latchkey-bench-" + process.pid()));
        if (first) {
            Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_MICROS));
            Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
        } else {
            Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
        }
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(process.pid()));
        return new CpuShare(group);
    }

    /** Whether processes can be held down here. */
    public static boolean isPossible() {
        return Files.isWritable(VERSION_1.resolve("cgroup.procs"))
                || Files.isWritable(VERSION_2.resolve("cgroup.subtree_control"));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(group);
    }
}
