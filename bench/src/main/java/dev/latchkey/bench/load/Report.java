package dev.latchkey.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The result as text: printed while it comes in, and written to a file at the end. */
public final class Report {
    private final StringBuilder text = new StringBuilder();
    private final PrintStream out;

    public Report(PrintStream out) {
        this.out = out;
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is in a library that nothing else needs
    public void line(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values).stripTrailing();
        out.println(line);
        text.append(line).append('\n');
    }

    /** The head of the table that {@link #row} fills. */
    void tableHead() {
        line(
                "%-30s %5s %10s %9s %9s %9s %9s %9s %6s  %s",
                "", "conn", "answers/s", "p50", "p99", "server", "generator", "failures", "", "of the limit");
        line("%-30s %5s %10s %9s %9s %9s %9s %9s", "", "", "", "ms", "ms", "cpu µs", "cpu µs", "");
    }

    /** @param limit answers a second that the parts would allow, 0 if it is a limit itself */
    void row(String name, int connections, Measured measured, double limit) {
        line(
                "%-30s %5d %10.0f %9.2f %9.2f %9.1f %9.1f %9d %6s  %s",
                name,
                connections,
                measured.perSecond(),
                millis(measured.latencies().quantile(0.5)),
                millis(measured.latencies().quantile(0.99)),
                measured.serverMicros(),
                measured.generatorMicros(),
                measured.failures(),
                limit == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * measured.perSecond() / limit),
                limit == 0 ? "" : String.format(Locale.ROOT, "%.0f/s", limit));
    }

    public static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
