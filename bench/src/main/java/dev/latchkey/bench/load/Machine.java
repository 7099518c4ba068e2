package dev.latchkey.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** What a result was measured on. */
public final class Machine {
    private Machine() {}

    public static String describe() throws IOException {
        Runtime.Version version = Runtime.version();
        return String.join(
                "\n",
                "date      " + OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES),
                "cores     " + Runtime.getRuntime().availableProcessors() + ", shared with the load generator",
                "cpu       " + cpu(),
                "system    " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                "jdk       " + System.getProperty("java.vendor") + " " + version,
                "load      " + load() + " (1, 5, 15 minutes, before the run)");
    }

    private static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "unknown";
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return Files.isReadable(load) ? Files.readString(load).replaceFirst(" \\d+/.*\\s*", "") : "unknown";
    }
}
