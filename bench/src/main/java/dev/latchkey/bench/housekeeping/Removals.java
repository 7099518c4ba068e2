package dev.latchkey.bench.housekeeping;

import dev.latchkey.bench.load.Latencies;
import dev.latchkey.bench.load.Report;
import dev.latchkey.server.Housekeeping;
import dev.latchkey.server.Stores;
import dev.latchkey.server.audit.AuditQuery;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.StoreListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The removal of the oldest quarter of an audit trail, in batches and by partitions, while events are added. */
final class Removals {
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration ALONE = Duration.ofSeconds(4);
    private static final double MIB = 1024 * 1024;
    private static final int TURNS = 2;

    /** A quarter. */
    private static final int REMOVED_DAYS = AuditPartitions.DAYS / 4;

    private static final AuditQuery OF_A_USER = new AuditQuery(
            Optional.empty(), Optional.of("user-77"), Optional.empty(), Optional.empty(), Optional.empty());

    private final Report report;
    private final String url;
    private final long events;

    Removals(Report report, String url, long events) {
        this.report = report;
        this.url = url;
        this.events = events;
    }

    /** A trail in a schema of its own, with the stores over it. */
    private record Trail(String name, PostgresStore store, Database database, Stores stores) {
        AuditLoad load() {
            return new AuditLoad(stores.auditEvents(), stores.unitOfWork());
        }
    }

    void run() throws SQLException, InterruptedException, ExecutionException {
        PostgresStore plainStore = new PostgresStore(url, "plain");
        PostgresStore partsStore = new PostgresStore(url, "parts");
        try (Database plain = open(plainStore);
                Database parts = open(partsStore)) {
            Trail one = new Trail("one table", plainStore, plain, Stores.of(plain));
            Trail many = new Trail(AuditPartitions.COUNT + " partitions", partsStore, parts, Stores.of(parts));
            long now = System.currentTimeMillis();
            AuditPartitions partitions = new AuditPartitions(now);
            try (Connection connection = partsStore.connect()) {
                partitions.make(connection);
            }
            for (Trail trail : List.of(one, many)) {
                try (Connection connection = trail.store.connect()) {
                    partitions.fill(connection, events);
                }
            }
            report.line("");
            report.line("audit trail of %d events over %d days, %s", events, AuditPartitions.DAYS, size(one));
            costs(one, many);
            inBatches(one, partitions);
            byPartition(many, partitions);
        }
    }

    private static Database open(PostgresStore store) {
        return Database.open(store.settings(), InstantSource.system(), StoreListener.NONE);
    }

    private static String size(Trail trail) throws SQLException {
        try (Connection connection = trail.store.connect()) {
            String each = " from pg_class where relname like 'audit\\_events%' and relkind = 'r' and relnamespace ="
                    + " current_schema()::regnamespace";
            return String.format(
                    Locale.ROOT,
                    "%.0f + %.0f MiB",
                    StoreUnderLoad.number(connection, "select sum(pg_table_size(oid))" + each) / MIB,
                    StoreUnderLoad.number(connection, "select sum(pg_indexes_size(oid))" + each) / MIB);
        }
    }

    /** Inserts and queries, in turns, so that what else the machine does meets both. */
    private void costs(Trail one, Trail many) throws InterruptedException, ExecutionException {
        for (int turn = 0; turn < TURNS; turn++) {
            for (Trail trail : List.of(one, many)) {
                Latencies inserts = trail.load().during(Duration.ZERO, () -> Thread.sleep(ALONE));
                report.line(
                        "  %-14s inserts %6.0f/s, p50 %5.2f ms, p99 %6.2f ms; query: newest 100 %6.2f ms, first 100"
                                + " %6.2f ms, of a user %8.2f ms",
                        trail.name,
                        inserts.total() / (ALONE.toNanos() / 1e9),
                        Report.millis(inserts.quantile(0.5)),
                        Report.millis(inserts.quantile(0.99)),
                        millis(100, () -> trail.stores.auditEvents().last(AuditQuery.all(), 100)),
                        millis(100, () -> trail.stores.auditEvents().listAfter(0, AuditQuery.all(), 100)),
                        millis(2, () -> trail.stores.auditEvents().last(OF_A_USER, 1000)));
            }
        }
    }

    private static double millis(int times, Runnable query) {
        query.run();
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            query.run();
        }
        return (System.nanoTime() - start) / 1e6 / times;
    }

    private void inBatches(Trail trail, AuditPartitions partitions)
            throws SQLException, InterruptedException, ExecutionException {
        Duration retention = Duration.ofMillis(System.currentTimeMillis() - partitions.endOf(REMOVED_DAYS));
        Duration other = Duration.ofDays(1);
        Housekeeping.Kept kept = new Housekeeping.Kept(other, other, other, other, retention, other);
        try (Passes passes = new Passes(trail.database, kept, Duration.ZERO)) {
            measure(trail, "in batches", () -> {
                while (passes.pass() > 0) {
                    // it has left some
                }
            });
            Passes.Totals totals = passes.taken();
            report.line(
                    "    %d rows in %d batches, mean %.1f ms, longest %.1f ms",
                    totals.rows(),
                    totals.batches(),
                    Report.millis(totals.busy()) / Math.max(1, totals.batches()),
                    Report.millis(totals.longest()));
        }
    }

    private void byPartition(Trail trail, AuditPartitions partitions)
            throws SQLException, InterruptedException, ExecutionException {
        measure(trail, "by partition", () -> {
            try (Connection connection = trail.store.connect()) {
                partitions.drop(connection, REMOVED_DAYS);
            }
        });
    }

    /** Events that are added before and during the removal, and what it wrote and left. */
    private void measure(Trail trail, String how, AuditLoad.Something removal)
            throws SQLException, InterruptedException, ExecutionException {
        report.line("  the first %d days %s, at first %s", REMOVED_DAYS, how, size(trail));
        Latencies alone = trail.load().during(PAUSE, () -> Thread.sleep(ALONE));
        try (Connection connection = trail.store.connect()) {
            String log = "select pg_current_wal_lsn() - '0/0'";
            long wal = StoreUnderLoad.number(connection, log);
            long start = System.nanoTime();
            Latencies meanwhile = trail.load().during(PAUSE, removal);
            double seconds = (System.nanoTime() - start) / 1e9;
            wal = StoreUnderLoad.number(connection, log) - wal;
            report.line(
                    "    took %.2f s and %.1f MiB of log (with %d inserts), then %s",
                    seconds, wal / MIB, meanwhile.total(), size(trail));
            report.line(
                    "    inserts before: p50 %.2f ms, p99 %.2f ms; meanwhile: p50 %.2f ms, p99 %.2f ms, max %.0f ms",
                    Report.millis(alone.quantile(0.5)),
                    Report.millis(alone.quantile(0.99)),
                    Report.millis(meanwhile.quantile(0.5)),
                    Report.millis(meanwhile.quantile(0.99)),
                    Report.millis(meanwhile.max()));
        }
    }
}
