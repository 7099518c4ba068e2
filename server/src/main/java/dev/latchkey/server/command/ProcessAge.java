package dev.latchkey.server.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How old this process is. The JDK knows its start on Linux only to the second, since it counts from the boot time. */
final class ProcessAge {
    private static final int FIELDS_BEFORE_START = 19;
    private static final long TICK_MILLIS = 10;

    private ProcessAge() {}

    /** By the clock that the kernel counts processes with (proc(5)); empty where there is no such file. */
    static Optional<Duration> onLinux() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String uptime = Files.readString(Path.of("/proc/uptime"));
            // the name of the program, in parentheses, may hold blanks
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long started = Long.parseLong(fields[FIELDS_BEFORE_START]) * TICK_MILLIS;
            long now = new BigDecimal(uptime.substring(0, uptime.indexOf(' ')))
                    .movePointRight(3)
                    .longValue();
            return Optional.of(Duration.ofMillis(Math.max(0, now - started)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
