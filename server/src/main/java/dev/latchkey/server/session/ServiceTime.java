package dev.latchkey.server.session;

import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.session.ServiceTimeStore.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Measures the refresh grace in time in which the server could be reached: a client whose answer was lost in a crash gets
 * its whole grace after the restart (DESIGN §6).
 *
 * <p>While a grace is running the server leaves a sign of life in the store every second; from the last one to the next
 * start is an outage. A server that nobody refreshes at writes nothing. A crash loses up to a second of service time, so a
 * grace may last that much longer. Safe for many threads.
 */
public final class ServiceTime {
    private final ServiceTimeStore store;
    private final UnitOfWork unitOfWork;
    private final InstantSource clock;
    private final Duration grace;
    private volatile List<Outage> outages = List.of();
    private volatile Instant lastRotation = Instant.EPOCH;

    public ServiceTime(ServiceTimeStore store, UnitOfWork unitOfWork, InstantSource clock, Duration grace) {
        this.store = store;
        this.unitOfWork = unitOfWork;
        this.clock = clock;
        this.grace = grace;
    }

    /** Called once before the first request: records the outage since the last sign of life. */
    public void begin() {
        Instant now = clock.instant();
        Optional<Instant> lastSeen = store.lastSeen().filter(now::isAfter);
        if (lastSeen.isEmpty()) {
            return;
        }
        Instant end = lastSeen.get();
        unitOfWork.run(transaction -> {
            store.addOutage(transaction, new Outage(end, now));
            store.saveLastSeen(transaction, now);
            return true;
        });
        outages = store.outagesSince(end.minus(grace)).stream()
                .sorted(Comparator.comparing(Outage::to).reversed())
                .toList();
        lastRotation = now; // a grace may still be running
    }

    /** The instant since which the grace has passed in service time: a successor made at or after it is still young. */
    public Instant graceSince(Instant now) {
        Instant since = now.minus(grace);
        for (Outage outage : outages) {
            if (outage.to().isBefore(since)) {
                break;
            }
            since = since.minus(Duration.between(outage.from(), outage.to()));
        }
        return since;
    }

    /** Tells that a refresh token was rotated, so that signs of life are left until its grace is over. */
    public void rotated(Instant now) {
        lastRotation = now;
    }

    /** Leaves a sign of life if a grace is running. Called every second, and once when the server stops. */
    public void beat() {
        Instant now = clock.instant();
        if (Duration.between(lastRotation, now).compareTo(grace.plusSeconds(2)) <= 0) {
            unitOfWork.run(transaction -> {
                store.saveLastSeen(transaction, now);
                return true;
            });
        }
    }
}
