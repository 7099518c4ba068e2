package dev.latchkey.bench.housekeeping;

import dev.latchkey.bench.load.Latencies;
import dev.latchkey.bench.load.Report;
import dev.latchkey.server.Housekeeping;
import dev.latchkey.server.Stores;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.StoreListener;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A store whose rows come and end at one rate, looked at when as many end as come, then, and at the end. Sixty times as fast as in
 * production: what lives for a minute there lives for a second, and housekeeping and vacuum look each second.
 */
final class SteadyState {
    private static final int BACKLOG = 40_000;
    private static final int BATCH = 500;
    private static final double MIB = 1024 * 1024;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration WITHOUT = Duration.ofSeconds(10);
    private static final Visit.Lives LIVES = new Visit.Lives(Duration.ofSeconds(10), Duration.ofSeconds(4));
    private static final Housekeeping.Kept KEPT = new Housekeeping.Kept(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofDays(1));

    private final Report report;
    private final Plan plan;

    SteadyState(Report report, Plan plan) {
        this.report = report;
        this.plan = plan;
    }

    /**
     * How it is run.
     *
     * @param visits a second
     * @param warmUp until as many rows end as come and pages are as full as they get: some three times the 15 s
     * @param measured after that
     */
    record Plan(int visits, Duration warmUp, Duration measured) {}

    void run(StoreUnderLoad store) throws SQLException, InterruptedException {
        report.line("");
        report.line(
                "%s: %d visits a second = %d durable commits and %d rows, which end after 4 to 15 s; a pass each"
                        + " second",
                store.name(), plan.visits(), plan.visits() * Visit.REQUESTS, plan.visits() * Visit.ROWS);
        try (Database database = Database.open(store.settings(), InstantSource.system(), StoreListener.NONE)) {
            store.begin();
            Stores stores = Stores.of(database);
            try (Passes passes = new Passes(database, KEPT, PERIOD).start();
                    SteadyLoad load = new SteadyLoad(stores, LIVES, plan.visits(), passes::isRunning).start()) {
                Thread.sleep(plan.warmUp());
                measure(store, stores, passes, load);
            }
        }
    }

    private void measure(StoreUnderLoad store, Stores stores, Passes passes, SteadyLoad load)
            throws SQLException, InterruptedException {
        Sample beginning = store.sample();
        passes.taken();
        load.taken();
        long visits = load.visits();
        Thread.sleep(plan.measured().dividedBy(2));
        Sample middle = store.sample();
        Thread.sleep(plan.measured().dividedBy(2));
        Passes.Totals totals = passes.taken();
        SteadyLoad.Times with = load.taken();
        visits = load.visits() - visits;
        Sample end = store.sample();
        passes.pause(true);
        load.taken();
        Thread.sleep(WITHOUT);
        SteadyLoad.Times without = load.taken();

        tables(List.of(beginning, middle, end));
        double seconds = plan.measured().toNanos() / 1e9;
        report.line(
                "  came %.0f rows/s, removed %.0f rows/s; %d batches, mean %.1f rows, longest %.1f ms; %.0f rows/s"
                        + " while a pass runs, which is %.0f %% of the time",
                visits * Visit.ROWS / seconds,
                totals.rows() / seconds,
                totals.batches(),
                totals.rows() / (double) Math.max(1, totals.batches()),
                Report.millis(totals.longest()),
                totals.rowsPerBusySecond(),
                100 * totals.busy().toNanos() / 1e9 / seconds);
        latencies("that met a pass", with.during);
        latencies("between passes", with.between);
        latencies("without housekeeping", without.between);
        backlog(stores, passes, load);
        report.line("  failures %d", load.failures());
    }

    /** As after an epoch, which ends all sessions at once. */
    private void backlog(Stores stores, Passes passes, SteadyLoad load) {
        Instant ended = Instant.now().minusSeconds(60);
        for (int i = 0; i < BACKLOG; i += BATCH) {
            stores.unitOfWork().run(tx -> {
                for (int number = 0; number < BATCH; number++) {
                    stores.sessions().insert(tx, new Visit(stores, 0, LIVES).session(ended));
                }
                return true;
            });
        }
        load.taken();
        passes.taken();
        passes.pass();
        Passes.Totals totals = passes.taken();
        report.line(
                "  a pass over %d sessions that ended at once: %.2f s, %.0f rows/s; %d batches, longest %.1f ms",
                BACKLOG,
                totals.busy().toNanos() / 1e9,
                totals.rowsPerBusySecond(),
                totals.batches(),
                Report.millis(totals.longest()));
        latencies("that met it", load.taken().during);
    }

    private void latencies(String name, Latencies latencies) {
        report.line(
                "  requests %-22s %8d   p50 %6.2f ms   p99 %6.2f ms   max %6.0f ms",
                name,
                latencies.total(),
                Report.millis(latencies.quantile(0.5)),
                Report.millis(latencies.quantile(0.99)),
                Report.millis(latencies.max()));
    }

    private void tables(List<Sample> samples) {
        report.line(
                "  %-20s %26s %23s %29s %8s %8s", "", "rows", "dead rows", "table + indexes, MiB", "change", "vacuums");
        for (int i = 0; i < StoreUnderLoad.TABLES.size(); i++) {
            int number = i;
            List<Sample.Table> table =
                    samples.stream().map(sample -> sample.tables().get(number)).toList();
            Sample.Table first = table.getFirst();
            Sample.Table last = table.getLast();
            report.line(
                    "  %-20s %8d %8d %8d %7d %7d %7d %9s %9s %9s %+6.1f %% %8d",
                    first.name(),
                    first.rows(),
                    table.get(1).rows(),
                    last.rows(),
                    first.dead(),
                    table.get(1).dead(),
                    last.dead(),
                    size(first),
                    size(table.get(1)),
                    size(last),
                    change(first.bytes() + first.indexBytes(), last.bytes() + last.indexBytes()),
                    last.vacuums() - first.vacuums());
        }
        report.line(
                "  %-20s %8d %8d %8d %23s %9.2f %9.2f %9.2f %+6.1f %%   free %.2f %.2f %.2f MiB",
                "all",
                samples.get(0).rows(),
                samples.get(1).rows(),
                samples.get(2).rows(),
                "",
                samples.get(0).bytes() / MIB,
                samples.get(1).bytes() / MIB,
                samples.get(2).bytes() / MIB,
                change(samples.get(0).bytes(), samples.get(2).bytes()),
                samples.get(0).free() / MIB,
                samples.get(1).free() / MIB,
                samples.get(2).free() / MIB);
    }

    private static String size(Sample.Table table) {
        return String.format(java.util.Locale.ROOT, "%.1f+%.1f", table.bytes() / MIB, table.indexBytes() / MIB);
    }

    private static double change(long from, long to) {
        return 100.0 * (to - from) / from;
    }
}
