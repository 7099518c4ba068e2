package dev.latchkey.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Keeps a number of connections busy, each with one request at a time, from one thread that waits for all of them at once.
 * Does as little as possible for a request, because it runs on the cores of the server that it measures.
 */
public final class LoadGenerator {
    private final InetSocketAddress server;
    private final Supplier<Duration> serverCpu;
    private long failures;

    /** @param serverCpu asks how much CPU time the server has used so far */
    public LoadGenerator(InetSocketAddress server, Supplier<Duration> serverCpu) {
        this.server = server;
        this.serverCpu = serverCpu;
    }

    public Measured run(List<? extends Exchange> exchanges, Duration warmUp, Duration measured) throws IOException {
        failures = 0;
        try (Selector selector = Selector.open()) {
            for (Exchange exchange : exchanges) {
                Connection connection = new Connection(server, exchange);
                connection.channel().configureBlocking(false);
                connection.channel().register(selector, SelectionKey.OP_READ, connection);
                connection.send();
            }
            try {
                pump(selector, new Latencies(), warmUp);
                Duration serverBefore = serverCpu.get();
                Duration ownBefore = ownCpu();
                Latencies latencies = new Latencies();
                long start = System.nanoTime();
                pump(selector, latencies, measured);
                return new Measured(
                        latencies.total(),
                        failures,
                        Duration.ofNanos(System.nanoTime() - start),
                        latencies,
                        serverCpu.get().minus(serverBefore),
                        ownCpu().minus(ownBefore));
            } finally {
                for (SelectionKey key : selector.keys()) {
                    connectionOf(key).close();
                }
            }
        }
    }

    private void pump(Selector selector, Latencies latencies, Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            selector.select(key -> answered(connectionOf(key), latencies), 100);
        }
    }

    private void answered(Connection connection, Latencies latencies) {
        try {
            if (connection.receive()) {
                long nanos = System.nanoTime() - connection.begunNanos();
                if (connection.isGood()) {
                    if (connection.ended()) {
                        latencies.add(nanos);
                    }
                } else if (failures++ == 0) {
                    System.err.println("first failure: " + connection.status() + " " + connection.body());
                }
                connection.send();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Connection connectionOf(SelectionKey key) {
        return (Connection) Objects.requireNonNull(key.attachment());
    }

    private static Duration ownCpu() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Duration.ofNanos(system.getProcessCpuTime());
    }
}
