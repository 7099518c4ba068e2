package dev.latchkey.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test turns it. */
public final class TurnedClock implements InstantSource {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    public void turn(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** Turns it to the present, for programs that look at a clock of their own. */
    public void turnToPresent() {
        now.set(Instant.now());
    }
}
