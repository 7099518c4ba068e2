package dev.latchkey.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of a server under test. It goes with the system's until it is turned or stopped. Give it to what checks tokens
 * as well, so that both agree. Safe for many threads; one that is turned is turned for all.
 */
public final class TestClock extends Clock {
    private final InstantSource system;
    private final Runnable afterTurn;
    private final AtomicReference<Hands> hands = new AtomicReference<>(Hands.PRESENT);

    /** How far it is ahead of the system's clock, or of the epoch where it stands still. */
    private record Hands(boolean stopped, Duration ahead) {
        static final Hands PRESENT = new Hands(false, Duration.ZERO);

        Instant read(InstantSource system) {
            return (stopped ? Instant.EPOCH : system.instant()).plus(ahead);
        }
    }

    /** @param afterTurn does at once what the passing of time would have led to */
    TestClock(InstantSource system, Runnable afterTurn) {
        this.system = system;
        this.afterTurn = afterTurn;
    }

    @Override
    public Instant instant() {
        return hands.get().read(system);
    }

    /** Lets the time pass: tokens expire, keys that are due rotate, what has ended is removed. */
    public void advance(Duration duration) {
        hands.updateAndGet(now -> new Hands(now.stopped, now.ahead.plus(duration)));
        afterTurn.run();
    }

    /** Goes to that time, and on from there unless it stands still. */
    public void set(Instant time) {
        hands.updateAndGet(
                now -> new Hands(now.stopped, Duration.between(now.stopped ? Instant.EPOCH : system.instant(), time)));
        afterTurn.run();
    }

    /** Stands still from now on; it can be turned all the same. */
    public void stop() {
        hands.updateAndGet(now -> new Hands(true, Duration.between(Instant.EPOCH, now.read(system))));
    }

    /** Goes with the system's clock again. */
    public void backToPresent() {
        if (!hands.getAndSet(Hands.PRESENT).equals(Hands.PRESENT)) {
            afterTurn.run();
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource time = () -> hands.get().read(system);
        return time.withZone(zone);
    }
}
