package dev.latchkey.bench.housekeeping;

import dev.latchkey.bench.load.Latencies;
import dev.latchkey.server.Stores;
import dev.latchkey.server.protocol.StoreUnavailableException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** So many visits a second, whether those before have been answered or not, and how long their requests took. */
final class SteadyLoad implements AutoCloseable {
    private final Stores stores;
    private final Visit.Lives lives;
    private final long intervalNanos;
    private final BooleanSupplier keptHouse;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread pacer = Thread.ofPlatform().name("pacer").unstarted(this::pace);
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong visits = new AtomicLong();
    private Times times = new Times();
    private volatile boolean closed;

    /** @param keptHouse whether housekeeping runs at this moment */
    SteadyLoad(Stores stores, Visit.Lives lives, int visitsPerSecond, BooleanSupplier keptHouse) {
        this.stores = stores;
        this.lives = lives;
        this.intervalNanos = 1_000_000_000L / visitsPerSecond;
        this.keptHouse = keptHouse;
    }

    /** How long requests took: those that met housekeeping at their beginning or end, and the others. */
    static final class Times {
        final Latencies during = new Latencies();
        final Latencies between = new Latencies();
    }

    SteadyLoad start() {
        pacer.start();
        return this;
    }

    /** The times since it was last asked. */
    synchronized Times taken() {
        Times taken = times;
        times = new Times();
        return taken;
    }

    long failures() {
        return failures.get();
    }

    long visits() {
        return visits.get();
    }

    private void pace() {
        long next = System.nanoTime();
        while (!closed) {
            Visit visit = new Visit(stores, visits.incrementAndGet(), lives);
            requests.execute(() -> pay(visit));
            next += intervalNanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void pay(Visit visit) {
        try {
            for (int step = 0; step < Visit.REQUESTS; step++) {
                boolean met = keptHouse.getAsBoolean();
                long start = System.nanoTime();
                visit.request(step);
                note(System.nanoTime() - start, met || keptHouse.getAsBoolean());
            }
        } catch (StoreUnavailableException | IllegalStateException e) {
            if (failures.getAndIncrement() == 0) {
                System.err.println("first failure: " + e);
            }
        }
    }

    private synchronized void note(long nanos, boolean met) {
        (met ? times.during : times.between).add(nanos);
    }

    @Override
    public void close() {
        closed = true;
        await(pacer);
        requests.close();
    }

    /** Waits for the end of a thread, which may never have begun. */
    static void await(Thread thread) {
        try {
            if (thread.isAlive()) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
