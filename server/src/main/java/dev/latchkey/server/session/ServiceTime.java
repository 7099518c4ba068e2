package dev.latchkey.server.session;

import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.session.ServiceTimeStore.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Measures the refresh grace in time in which the server could be reached: a client whose answer was lost in a crash gets
 * its whole grace after the restart (DESIGN §6).
 *
 * <p>While a grace is running the server leaves a sign of life in the store every second; from the last one to the next
 * start is an outage, and so is the time in which it could leave none, because the store was away. A server that nobody
 * refreshes at writes nothing, unless others share its store: then it cannot know of their graces. A crash loses up to a
 * second of service time, so a grace may last that much longer. Safe for many threads.
 */
public final class ServiceTime {
    private final ServiceTimeStore store;
    private final UnitOfWork unitOfWork;
    private final InstantSource clock;
    private final Duration grace;
    private final boolean shared;
    private volatile List<Outage> outages = List.of();
    private volatile Instant lastRotation = Instant.EPOCH;
    private volatile Instant lastBeat = Instant.EPOCH;
    /** Whether there is a sign of life in the store. */
    private volatile boolean seen;
    /** Since when no sign of life could be left; empty while all is well. */
    private volatile Optional<Instant> silentSince = Optional.empty();

    /** @param shared whether other instances may refresh on the same store */
    public ServiceTime(
            ServiceTimeStore store, UnitOfWork unitOfWork, InstantSource clock, Duration grace, boolean shared) {
        this.store = store;
        this.unitOfWork = unitOfWork;
        this.clock = clock;
        this.grace = grace;
        this.shared = shared;
    }

    /** Called once before the first request: records the outage since the last sign of life. */
    public void begin() {
        Instant now = clock.instant();
        lastBeat = now;
        Optional<Instant> lastSeen = store.lastSeen().filter(now::isAfter);
        if (lastSeen.isEmpty()) {
            return;
        }
        endOutage(lastSeen.get(), now);
        seen = true;
        lastRotation = now; // a grace may still be running
    }

    private void endOutage(Instant from, Instant to) {
        unitOfWork.run(transaction -> {
            // an instance that alone was cut off has seen no outage of what others served
            Instant begin = store.lastSeen().filter(from::isBefore).orElse(from);
            if (begin.isBefore(to)) {
                store.addOutage(transaction, new Outage(begin, to));
            }
            store.saveLastSeen(transaction, to);
            return true;
        });
        outages = apart(store.outagesSince(from.minus(grace)));
    }

    /** Each instance has noted the same outage as it saw it; it counts once. The latest comes first. */
    private static List<Outage> apart(List<Outage> noted) {
        Deque<Outage> apart = new ArrayDeque<>();
        noted.stream().sorted(Comparator.comparing(Outage::from)).forEach(outage -> {
            Outage before = apart.peekFirst();
            if (before == null || outage.from().isAfter(before.to())) {
                apart.addFirst(outage);
            } else if (outage.to().isAfter(before.to())) {
                apart.removeFirst();
                apart.addFirst(new Outage(before.from(), outage.to()));
            }
        });
        return List.copyOf(apart);
    }

    /**
     * The instant since which the grace has passed in service time: a successor made at or after it is still young.
     *
     * @throws StoreUnavailableException when that cannot be told
     */
    public Instant graceSince(Instant now) {
        if (shared && silentSince.isPresent()) {
            leaveSignOfLife(); // only the store knows whether others served meanwhile
        }
        Instant since = now.minus(grace);
        Optional<Instant> silent = silentSince.filter(now::isAfter);
        if (silent.isPresent()) {
            since = since.minus(Duration.between(silent.get(), now)); // it has not been written down yet
        }
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
        if (isWatched()) {
            leaveSignOfLife();
        }
    }

    /**
     * Called instead when the issuer is closed because nobody asks: where no grace is running there is nothing to measure, so that
     * the time until it is opened again is no outage.
     */
    public void rest() {
        if (isWatched()) {
            leaveSignOfLife();
        } else if (seen) {
            unitOfWork.run(transaction -> {
                store.forgetLastSeen(transaction);
                return true;
            });
            seen = false;
        }
    }

    private boolean isWatched() {
        boolean running = Duration.between(lastRotation, clock.instant()).compareTo(grace.plusSeconds(2)) <= 0;
        return shared || running || silentSince.isPresent();
    }

    /**
     * Writes to the store that the server serves.
     *
     * @throws StoreUnavailableException when it cannot, which from now on counts as an outage
     */
    public synchronized void leaveSignOfLife() {
        Instant now = clock.instant();
        try {
            Optional<Instant> silent = silentSince.filter(now::isAfter);
            if (silent.isPresent()) {
                endOutage(silent.get(), now);
            } else {
                unitOfWork.run(transaction -> {
                    store.saveLastSeen(transaction, now);
                    return true;
                });
            }
            lastBeat = now;
            seen = true;
            silentSince = Optional.empty();
        } catch (StoreUnavailableException e) {
            if (silentSince.isEmpty()) {
                silentSince = Optional.of(lastBeat.isAfter(lastRotation) ? lastBeat : lastRotation);
            }
            throw e;
        }
    }
}
