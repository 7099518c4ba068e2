package dev.latchkey.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** One connection that asks now and then, to see how long others wait while the server is busy. */
final class Probe implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Connection connection;
    private final Thread thread;
    private final Latencies latencies = new Latencies();
    private volatile boolean counting;
    private volatile boolean ended;

    Probe(InetSocketAddress server, Exchange exchange) throws IOException {
        connection = new Connection(server, exchange);
        thread = Thread.ofPlatform().daemon().name("probe").start(this::ask);
    }

    /** From now on what it takes counts. */
    void count() {
        counting = true;
    }

    private void ask() {
        try {
            while (!ended) {
                Thread.sleep(PAUSE);
                long nanos = connection.exchange();
                if (counting) {
                    latencies.add(nanos);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops it and gives what it has seen. */
    Latencies end() throws InterruptedException {
        ended = true;
        thread.join();
        return latencies;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        connection.close();
    }
}
