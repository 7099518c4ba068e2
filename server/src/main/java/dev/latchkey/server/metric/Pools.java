package dev.latchkey.server.metric;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * The connections to databases, counted when the page is read. Pools of the same name, of several issuers, are added up. Safe
 * for use by many threads.
 */
final class Pools {
    private static final String NAME = "store_connections";

    private final List<Pool> pools = new CopyOnWriteArrayList<>();

    private record Pool(String name, IntSupplier active, IntSupplier idle, IntSupplier waiting) {}

    Pools(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("latchkey_" + NAME)
                .help("Connections to the database, by pool and whether they are lent")
                .labelNames("pool", "state")
                .callback(callback -> {
                    for (String name : names()) {
                        callback.call(sum(name, pool -> pool.active().getAsInt()), name, "active");
                        callback.call(sum(name, pool -> pool.idle().getAsInt()), name, "idle");
                    }
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("latchkey_" + NAME + "_waiting")
                .help("Callers that wait for a connection to the database")
                .labelNames("pool")
                .callback(callback -> names().forEach(name ->
                        callback.call(sum(name, pool -> pool.waiting().getAsInt()), name)))
                .register(registry);
    }

    void add(String name, IntSupplier active, IntSupplier idle, IntSupplier waiting) {
        pools.add(new Pool(name, active, idle, waiting));
    }

    private List<String> names() {
        return pools.stream().map(Pool::name).distinct().toList();
    }

    private int sum(String name, ToIntFunction<Pool> count) {
        return pools.stream()
                .filter(pool -> pool.name().equals(name))
                .mapToInt(count)
                .sum();
    }
}
