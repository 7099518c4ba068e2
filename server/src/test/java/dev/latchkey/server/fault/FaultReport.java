package dev.latchkey.server.fault;

import dev.latchkey.server.fault.Finding.Harm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table of verdicts, in the Markdown of {@code docs/operate/faults.md}. */
final class FaultReport {
    static final String HEADER = """
        | fault | acknowledged writes lost | users logged out | double spends | back after, s | every client back, s |\
         longest gap, s | errors | requests |
        |---|---|---|---|---|---|---|---|---|\
        """;

    private FaultReport() {}

    /** Judges histories again that were kept in files. */
    public static void main(String[] files) throws IOException {
        System.out.println(HEADER);
        for (String file : files) {
            System.out.println(row(file, HistoryChecker.judge(History.read(Path.of(file)))));
        }
    }

    static String row(String fault, Verdict verdict) {
        Verdict.Availability availability = verdict.availability();
        return "| %s | %d | %d | %d | %s | %s | %s | %s | %d |"
                .formatted(
                        fault,
                        verdict.count(Harm.LOST),
                        verdict.count(Harm.LOGGED_OUT),
                        verdict.count(Harm.SPENT_TWICE),
                        seconds(availability.back()),
                        seconds(availability.backForAll()),
                        seconds(Optional.of(availability.longestGap())),
                        errors(verdict),
                        verdict.operations());
    }

    private static String errors(Verdict verdict) {
        return verdict.errors().isEmpty()
                ? "none"
                : verdict.errors().entrySet().stream()
                        .map(error -> error.getValue() + " × " + error.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String seconds(Optional<Duration> duration) {
        return duration.map(time -> "%.1f".formatted(time.toMillis() / 1000.0)).orElse("never");
    }
}
