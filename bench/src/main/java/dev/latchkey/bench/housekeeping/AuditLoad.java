package dev.latchkey.bench.housekeeping;

import dev.latchkey.bench.load.Latencies;
import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditStore;
import dev.latchkey.server.audit.TimedEvent;
import dev.latchkey.server.protocol.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Callers that keep audit events, each in a commit of its own. */
final class AuditLoad {
    private static final int CALLERS = 4;

    private final AuditStore store;
    private final UnitOfWork unitOfWork;

    AuditLoad(AuditStore store, UnitOfWork unitOfWork) {
        this.store = store;
        this.unitOfWork = unitOfWork;
    }

    /** How long each took, while something runs. */
    @FunctionalInterface
    interface Something {
        void run() throws Exception;
    }

    /**
     * Keeps events until something has ended.
     *
     * @param pause of each caller after an event
     */
    Latencies during(Duration pause, Something something) throws InterruptedException, ExecutionException {
        Thread main = Thread.currentThread();
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS + 1)) {
            Future<?> ends = threads.submit(() -> {
                something.run();
                return main;
            });
            List<Future<Latencies>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(threads.submit(() -> append(pause, ends)));
            }
            Latencies all = new Latencies();
            for (Future<Latencies> caller : callers) {
                all.add(caller.get());
            }
            ends.get();
            return all;
        }
    }

    private Latencies append(Duration pause, Future<?> ends) {
        Latencies latencies = new Latencies();
        while (!ends.isDone()) {
            AuditEvent event = AuditEvent.of(AuditEvent.Type.LOGIN)
                    .with("sub", "user-" + ThreadLocalRandom.current().nextInt(100_000))
                    .with("client_id", Visit.CLIENT)
                    .with("sid", "0123456789abcdefABCDEF")
                    .with("address", "192.0.2.1");
            long start = System.nanoTime();
            unitOfWork.run(tx -> {
                store.append(tx, List.of(new TimedEvent(Instant.now(), event)));
                return true;
            });
            latencies.add(System.nanoTime() - start);
            LockSupport.parkNanos(pause.toNanos());
        }
        return latencies;
    }
}
