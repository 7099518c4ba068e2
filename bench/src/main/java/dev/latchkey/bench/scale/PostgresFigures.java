package dev.latchkey.bench.scale;

import dev.latchkey.bench.load.CpuShare;
import dev.latchkey.bench.load.Instances;
import dev.latchkey.bench.load.Machine;
import dev.latchkey.bench.load.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * One run: throughput by the number of instances, with the limit of the database beside it, and the cost of a refresh by the
 * number of sessions. Commits are durable. Everything is on one machine, so instances share its cores with the database and with
 * the load; held down to a share of a core each, they show what one more of them adds while cores are left.
 *
 * <p>Arguments: the launcher, the folder for results, a folder for the database that is kept, then options.
 */
public final class PostgresFigures {
    private static final int CALLERS = 16;

    private final Map<String, String> options;
    private final Path launcher;
    private final Report report = new Report(System.out);
    private final PostgresServer postgres;
    private final Sessions sessions;

    private PostgresFigures(Path launcher, Map<String, String> options, PostgresServer postgres) {
        this.launcher = launcher;
        this.options = options;
        this.postgres = postgres;
        this.sessions = new Sessions(postgres);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Map<String, String> options = new LinkedHashMap<>(Map.of(
                "--warm-up",
                "40",
                "--measure",
                "10",
                "--instances",
                "1,2,3",
                "--shares",
                "0,0.25",
                "--sessions",
                "10000,1000000,10000000"));
        for (int i = 3; i + 1 < arguments.length; i += 2) {
            if (options.replace(arguments[i], arguments[i + 1]) == null) {
                System.err.println("options: " + options);
                System.exit(2);
            }
        }
        try (PostgresServer postgres = PostgresServer.start(Path.of(arguments[2]))) {
            PostgresFigures figures = new PostgresFigures(Path.of(arguments[0]), options, postgres);
            figures.run();
            String time = LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm"));
            figures.report.write(Path.of(arguments[1]).resolve("postgresql-" + time + ".txt"));
        }
    }

    private Duration seconds(String option) {
        return Duration.ofSeconds(Long.parseLong(options.getOrDefault(option, "")));
    }

    private <N> List<N> list(String option, Function<String, N> number) {
        return Arrays.stream(options.getOrDefault(option, "").split(",", -1))
                .filter(text -> !text.isEmpty())
                .map(number)
                .toList();
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        report.line("%s", Machine.describe());
        report.line("%s", postgres.sql("select version()"));
        report.line(
                "fsync %s, synchronous_commit %s", postgres.sql("show fsync"), postgres.sql("show synchronous_commit"));
        Instances.start(launcher, postgres.url(), 1).close(); // makes the schema
        growth();
        instances();
    }

    private void growth() throws IOException, InterruptedException, ExecutionException {
        report.line("");
        report.line("refreshes of random sessions by the store's own code, %d callers; pgbench beside it", CALLERS);
        report.line(
                "%12s %10s %8s %8s %9s %22s %14s %14s",
                "sessions",
                "refresh/s",
                "p50 ms",
                "p99 ms",
                "failures",
                "table + indexes",
                "update alone/s",
                "same statements/s");
        for (long number : list("--sessions", Long::valueOf)) {
            sessions.fill(number);
            String size = sessions.size();
            int time = (int) seconds("--measure").toSeconds();
            double update = postgres.bench(Sessions.updateAlone(number), CALLERS, time);
            double whole = postgres.bench(Sessions.wholeRefresh(number), CALLERS, time);
            Sessions.Cost cost = sessions.refresh(number, CALLERS, seconds("--warm-up"), seconds("--measure"));
            report.line(
                    "%12d %10.0f %8.2f %8.2f %9d %22s %14.0f %14.0f",
                    number,
                    cost.perSecond(),
                    Report.millis(cost.median()),
                    Report.millis(cost.p99()),
                    cost.failures(),
                    size,
                    update,
                    whole);
        }
    }

    private void instances() throws IOException, InterruptedException, ExecutionException {
        long present = Math.max(1, sessions.count());
        int time = (int) seconds("--measure").toSeconds();
        report.line("");
        report.line(
                "with %d sessions in the table; pgbench, %d clients: update alone %.0f/s, all statements of a refresh"
                        + " %.0f/s",
                present,
                CALLERS,
                postgres.bench(Sessions.updateAlone(present), CALLERS, time),
                postgres.bench(Sessions.wholeRefresh(present), CALLERS, time));
        report.line("");
        report.line(
                "%-24s %9s %7s %6s %10s %8s %8s %9s",
                "", "instances", "cores", "conn", "answers/s", "p50 ms", "p99 ms", "failures");
        for (double share : list("--shares", Double::valueOf)) {
            if (share > 0 && !CpuShare.isPossible()) {
                report.line("not with %s of a core each: it takes control groups of Linux, and root", share);
                continue;
            }
            for (long number : list("--instances", Long::valueOf)) {
                try (Instances running = Instances.start(launcher, postgres.url(), (int) number)) {
                    running.measure(report, seconds("--warm-up"), seconds("--measure"), share);
                }
            }
        }
    }
}
