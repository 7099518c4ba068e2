package dev.latchkey.server.health;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /health/ready}: 200 if the store takes a write, else 503 with Retry-After. An answer counts for a second and is
 * asked for by one request at a time, so that nobody can make the server write by asking. Safe for use by many threads.
 */
public final class ReadinessEndpoint implements Handler {
    private static final Duration COUNTS_FOR = Duration.ofSeconds(1);
    private static final Response UP = Response.json(Map.of("status", "up")).withNoStore();
    private static final Response DOWN =
            Response.json(503, Map.of("status", "down")).withNoStore().withHeader("Retry-After", "1");

    private final BooleanSupplier storeTakesAWrite;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Finding last;

    private record Finding(boolean ready, Instant at) {}

    /**
     * An endpoint.
     *
     * @param storeTakesAWrite makes a write durable and says whether that went well; may block, may throw
     */
    public ReadinessEndpoint(BooleanSupplier storeTakesAWrite, InstantSource clock) {
        this.storeTakesAWrite = storeTakesAWrite;
        this.clock = clock;
    }

    @Override
    public Response handle(Request request) {
        return isReady() ? UP : DOWN;
    }

    private boolean isReady() {
        Finding known = last;
        if (known != null && counts(known)) {
            return known.ready();
        }
        asking.lock();
        try {
            known = last;
            if (known == null || !counts(known)) {
                known = new Finding(ask(), clock.instant());
                last = known;
            }
            return known.ready();
        } finally {
            asking.unlock();
        }
    }

    private boolean counts(Finding finding) {
        return clock.instant().isBefore(finding.at().plus(COUNTS_FOR));
    }

    private boolean ask() {
        try {
            return storeTakesAWrite.getAsBoolean();
        } catch (RuntimeException e) {
            return false; // whatever it was: this server cannot store
        }
    }
}
