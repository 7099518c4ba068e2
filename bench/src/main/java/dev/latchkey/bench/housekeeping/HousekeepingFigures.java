package dev.latchkey.bench.housekeeping;

import dev.latchkey.bench.load.Machine;
import dev.latchkey.bench.load.Report;
import dev.latchkey.bench.scale.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * One run: tables under a steady load of rows that come and end, and the removal of old audit events in batches and by partitions.
 *
 * <p>Arguments: the folder for results, a folder for the databases, then options.
 */
public final class HousekeepingFigures {
    private final Map<String, String> options;
    private final Path folder;
    private final Report report = new Report(System.out);

    private HousekeepingFigures(Path folder, Map<String, String> options) {
        this.folder = folder;
        this.options = options;
    }

    public static void main(String[] arguments)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        Map<String, String> options = new LinkedHashMap<>(Map.of(
                "--warm-up",
                "45",
                "--measure",
                "30",
                "--visits",
                "100",
                "--stores",
                "postgresql,sqlite",
                "--events",
                "1500000"));
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            if (options.replace(arguments[i], arguments[i + 1]) == null) {
                System.err.println("options: " + options);
                System.exit(2);
            }
        }
        HousekeepingFigures figures = new HousekeepingFigures(Path.of(arguments[1]), options);
        figures.run();
        String time = LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm"));
        figures.report.write(Path.of(arguments[0]).resolve("housekeeping-" + time + ".txt"));
    }

    private int number(String option) {
        return Integer.parseInt(options.getOrDefault(option, ""));
    }

    private boolean isAskedFor(String store) {
        return options.getOrDefault("--stores", "").contains(store);
    }

    private void run() throws IOException, SQLException, InterruptedException, ExecutionException {
        report.line("%s", Machine.describe());
        SteadyState.Plan plan = new SteadyState.Plan(
                number("--visits"), Duration.ofSeconds(number("--warm-up")), Duration.ofSeconds(number("--measure")));
        if (isAskedFor("sqlite")) {
            new SteadyState(report, plan).run(new SqliteStore(folder.resolve("latchkey.db")));
        }
        if (isAskedFor("postgresql")) {
            try (PostgresServer postgres = PostgresServer.start(folder.resolve("postgresql"))) {
                postgres.sql("alter system set autovacuum_naptime = '1s'"); // a minute, as all other times
                postgres.sql("select pg_reload_conf()");
                report.line("");
                report.line("%s", postgres.sql("select version()"));
                new SteadyState(report, plan).run(new PostgresStore(postgres.url(), "steady"));
                if (number("--events") > 0) {
                    new Removals(report, postgres.url(), number("--events")).run();
                }
            }
        }
    }
}
