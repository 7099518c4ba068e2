package dev.latchkey.server.metric;

import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.RequestObserver;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.OAuthError;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one issuer. Names follow Prometheus: {@code latchkey_} first, unit and {@code _total} last, seconds for
 * durations. Safe for use by many threads.
 */
public final class Meters implements RequestObserver {
    private static final double[] REQUEST_SECONDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5
    };
    private static final double[] COMMIT_SECONDS = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1};
    private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = counter("http_requests", "Requests answered", "route", "method", "status");
    private final Histogram requestSeconds = histogram(
            "http_request_seconds", "From the last byte of a request to its answer", REQUEST_SECONDS, "route");
    private final Counter refusals = counter("refusals", "Requests refused, by error code", "route", "error");
    private final Counter failures = counter("failures", "Requests that ended with an exception", "route");
    private final Counter tokens = counter("tokens_issued", "Token answers, by grant type", "grant_type");
    private final Histogram hashSeconds = histogram("hash_seconds", "What hashing a password took", REQUEST_SECONDS);
    private final Histogram hashWaitSeconds =
            histogram("hash_wait_seconds", "How long a hash waited for its turn", REQUEST_SECONDS);
    private final Counter hashesRefused = counter("hashes_refused", "Hashes refused because too many waited");
    private final Histogram batchSize =
            histogram("store_batch_size", "Units of work that were made durable together", BATCH_SIZES);
    private final Histogram commitSeconds =
            histogram("store_commit_seconds", "What making a batch durable took", COMMIT_SECONDS);
    private final Histogram waitSeconds = histogram(
            "store_wait_seconds",
            "How long the unit of work of a batch that waited longest had waited for the writer or a connection",
            REQUEST_SECONDS);
    private final Counter batchesRefused =
            counter("store_batches_refused", "Batches that could not be stored, or nobody can say whether they were");
    private final Counter workRepeated =
            counter("store_work_repeated", "Units of work that were run again because another one was in their way");
    private final Pools pools = new Pools(registry);

    public Meters() {
        gauge("jvm_heap_used_bytes", "Heap in use", Meters::heapUsed);
        gauge("jvm_heap_max_bytes", "Heap at most", () -> Runtime.getRuntime().maxMemory());
        gauge(
                "jvm_threads",
                "Platform threads",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        gauge(
                "uptime_seconds",
                "Since the process started",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    }

    @Override
    public void answered(String route, Request request, Response response, long nanos) {
        requests.labelValues(route, method(request.method()), statusClass(response.status()))
                .inc();
        requestSeconds.labelValues(route).observe(nanos / 1e9);
        @Nullable OAuthError refusal = response.refusal().orElse(null);
        if (refusal != null) {
            refusals.labelValues(route, refusal.code().isEmpty() ? "not_authenticated" : refusal.code())
                    .inc();
        }
    }

    @Override
    public void failed(String route, Request request, Throwable failure) {
        failures.labelValues(route).inc();
    }

    /**
     * Tokens went out.
     *
     * @param grantType one that the server serves
     */
    public void tokensIssued(String grantType) {
        tokens.labelValues(grantType).inc();
    }

    public void hashed(Duration waited, Duration took) {
        hashWaitSeconds.observe(seconds(waited));
        hashSeconds.observe(seconds(took));
    }

    public void hashRefused() {
        hashesRefused.inc();
    }

    /** A batch of units of work ended, stored or refused. */
    public void batchEnded(int size, Duration longestWait, Duration commit, boolean stored) {
        batchSize.observe(size);
        waitSeconds.observe(seconds(longestWait));
        commitSeconds.observe(seconds(commit));
        if (!stored) {
            batchesRefused.inc();
        }
    }

    /** A unit of work is run again. */
    public void workRepeated() {
        workRepeated.inc();
    }

    /**
     * There is a pool of connections, whose numbers are asked for when the page is read.
     *
     * @param name one of a few, known to the program
     * @param active lent to somebody
     * @param idle open, and free
     * @param waiting callers that wait for one
     */
    public void poolOpened(String name, IntSupplier active, IntSupplier idle, IntSupplier waiting) {
        pools.add(name, active, idle, waiting);
    }

    /**
     * A value that is asked for when the page is read, such as sessions, or hashes that run or wait.
     *
     * @param name without {@code latchkey_}
     */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name("latchkey_" + name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    MetricSnapshots snapshot() {
        return registry.scrape();
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name("latchkey_" + name + "_total")
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private Histogram histogram(String name, String help, double[] bounds, String... labels) {
        return Histogram.builder()
                .name("latchkey_" + name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    /** A method as a label: one of those that routes have, for a request may name any. */
    private static String method(String method) {
        return switch (method) {
            case "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE" -> method.toLowerCase(Locale.ROOT);
            default -> "other";
        };
    }

    private static String statusClass(int status) {
        return switch (status / 100) {
            case 2 -> "2xx";
            case 3 -> "3xx";
            case 4 -> "4xx";
            default -> "5xx";
        };
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static double heapUsed() {
        Runtime runtime = Runtime.getRuntime();
        return (double) runtime.totalMemory() - runtime.freeMemory();
    }
}
