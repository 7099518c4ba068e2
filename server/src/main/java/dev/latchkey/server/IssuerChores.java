package dev.latchkey.server;

import dev.latchkey.server.log.LogEvent;
import dev.latchkey.server.protocol.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What one of many issuers does now and then while it is open, on threads of its own, since a store can take long. Each chore
 * runs once at a time. Safe for use by many threads.
 */
final class IssuerChores {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HostedIssuer issuer;
    private final Telemetry telemetry;
    private final InstantSource clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean keepingHouse = new AtomicBoolean();
    private volatile Instant nextHouse = Instant.MIN;

    IssuerChores(HostedIssuer issuer, Telemetry telemetry, InstantSource clock) {
        this.issuer = issuer;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /** Begins what is due. Called every second. */
    void tick() {
        if (!issuer.isOpen()) {
            return;
        }
        if (!looking.getAndSet(true)) {
            Thread.ofVirtual().name("issuer-" + issuer.name()).start(() -> work(looking, OpenIssuer::look));
        }
        Instant now = clock.instant();
        if (!now.isBefore(nextHouse) && !keepingHouse.getAndSet(true)) {
            nextHouse = now.plus(MINUTE);
            Thread.ofVirtual().name("house-" + issuer.name()).start(() -> work(keepingHouse, OpenIssuer::keepHouse));
        }
    }

    /** Does all of it here and now, whether it is due or not: for a turned clock. */
    void catchUp() {
        workAlone(looking, OpenIssuer::look);
        workAlone(keepingHouse, OpenIssuer::keepHouse);
    }

    private void workAlone(AtomicBoolean running, Consumer<OpenIssuer> task) {
        while (running.getAndSet(true)) {
            Thread.onSpinWait();
        }
        work(running, task);
    }

    private void work(AtomicBoolean running, Consumer<OpenIssuer> task) {
        try {
            Instant now = clock.instant();
            OpenIssuer open = issuer.hold();
            if (open != null) {
                try {
                    task.accept(open);
                } finally {
                    issuer.giveBack();
                }
                issuer.closeIfIdle(now);
            }
        } catch (StoreUnavailableException _) {
            // its requests find that out, and are told
        } catch (RuntimeException e) {
            telemetry.log().error(LogEvent.of("issuer_task_failed"), e);
        } finally {
            running.set(false);
        }
    }
}
