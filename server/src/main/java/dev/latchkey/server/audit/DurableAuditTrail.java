package dev.latchkey.server.audit;

import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps events in the store: those of a unit of work in its commit, the others a tenth of a second later, many in one unit of
 * work, by a thread of its own. Passes every event on at once, to the log and the meters.
 *
 * <p>While the store takes nothing, events wait here, {@value #CAPACITY} at most; what does not fit is counted, and the count
 * is kept as {@link AuditEvent.Type#EVENTS_OMITTED}.
 */
public final class DurableAuditTrail implements AuditTrail, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DurableAuditTrail.class.getName());
    private static final int CAPACITY = 20_000;
    private static final int BATCH = 500;
    private static final int NAME_BYTES = 12;
    private static final Duration GATHERING = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration THREAD_KEPT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final AuditTrail next;
    private final Keeping keeping;
    private final boolean everything;
    private final InstantSource clock;
    private final ErrorLimit limit;
    /** What the keys of this object's events begin with. */
    private final String name;

    private final AtomicLong keys = new AtomicLong();
    private final BlockingQueue<TimedEvent> waiting = new LinkedBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean flushIsDue = new AtomicBoolean();
    private final AtomicBoolean summaryIsDue = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("latchkey-audit").factory());

    /** What is on its way into the store. Guarded by this. */
    private final List<TimedEvent> batch = new ArrayList<>();

    /**
     * Where events are kept.
     *
     * @param random makes their keys different from those of other processes
     */
    public record Keeping(AuditStore store, UnitOfWork unitOfWork, SecureRandom random) {}

    /** @param next is told every event, whether it is kept or not */
    public DurableAuditTrail(AuditTrail next, Keeping keeping, AuditSettings settings, InstantSource clock) {
        this.next = next;
        this.keeping = keeping;
        byte[] id = new byte[NAME_BYTES];
        keeping.random().nextBytes(id);
        this.name = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        this.everything = settings.everything();
        this.limit = new ErrorLimit(settings.errorsPerMinute());
        this.clock = clock;
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setKeepAliveTime(THREAD_KEPT.toSeconds(), TimeUnit.SECONDS); // a process may have many of these
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public void record(AuditEvent event) {
        next.record(event);
        if (event.type().kind() == AuditEvent.Kind.ROUTINE && !everything) {
            return;
        }
        Instant now = clock.instant();
        if (isKept(event, now)) {
            if (!waiting.offer(timed(now, event)) && dropped.getAndIncrement() == 0) {
                LOG.log(Level.WARNING, "the store takes no audit events, and no more can wait");
            }
            schedule(flushIsDue, GATHERING);
        }
    }

    @Override
    public void record(Transaction transaction, AuditEvent event) {
        transaction.afterCommit(() -> next.record(event));
        Instant now = clock.instant();
        if (isKept(event, now)) {
            keeping.store().append(transaction, List.of(new TimedEvent(now, event)));
        }
    }

    private TimedEvent timed(Instant at, AuditEvent event) {
        return new TimedEvent(at, event, Optional.of(name + "." + keys.getAndIncrement()));
    }

    private boolean isKept(AuditEvent event, Instant now) {
        return switch (event.type().kind()) {
            case CHANGE -> true;
            case ROUTINE -> everything;
            case ERROR -> {
                boolean passes = limit.passes(event.type(), now);
                if (!passes) {
                    schedule(summaryIsDue, ErrorLimit.WINDOW);
                }
                yield passes;
            }
        };
    }

    private void schedule(AtomicBoolean due, Duration delay) {
        if (due.get() || !due.compareAndSet(false, true)) {
            return;
        }
        try {
            var _ = executor.schedule(
                    () -> {
                        due.set(false);
                        if (!flush()) {
                            schedule(due, RETRY);
                        }
                    },
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // closed: what comes now was not part of any answer
        }
    }

    /** How many events wait to be kept. */
    public int waiting() {
        return waiting.size();
    }

    /** Keeps what waits, now. False when the store does not take it. */
    public synchronized boolean flush() {
        return keep(limit.omissions(clock.instant()));
    }

    private synchronized boolean keep(List<ErrorLimit.Omission> omissions) {
        omissions.forEach(omission -> batch.add(timed(
                omission.since(),
                AuditEvent.of(AuditEvent.Type.EVENTS_OMITTED)
                        .with("omitted", omission.type().code())
                        .with("count", omission.count())
                        .with("reason", "too_many_in_a_minute"))));
        while (fillBatch()) {
            try {
                keeping.unitOfWork().run(transaction -> {
                    keeping.store().append(transaction, batch);
                    return true;
                });
            } catch (StoreUnavailableException _) {
                return false; // the batch goes first the next time; what of it was stored all the same is not stored
                // again
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "the store refused " + batch.size() + " audit events for good", e);
            }
            batch.clear();
        }
        return true;
    }

    private boolean fillBatch() {
        waiting.drainTo(batch, Math.max(0, BATCH - batch.size()));
        if (waiting.isEmpty()) {
            long count = dropped.getAndSet(0);
            if (count > 0) {
                batch.add(timed(
                        clock.instant(),
                        AuditEvent.of(AuditEvent.Type.EVENTS_OMITTED)
                                .with("count", count)
                                .with("reason", "store_unavailable")));
            }
        }
        return !batch.isEmpty();
    }

    /** Keeps what waits. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            boolean _ = executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (!keep(limit.allOmissions())) {
            LOG.log(
                    Level.ERROR,
                    "the store takes no audit events: " + (batchSize() + waiting.size() + dropped.get()) + " are lost");
        }
    }

    private synchronized int batchSize() {
        return batch.size();
    }
}
