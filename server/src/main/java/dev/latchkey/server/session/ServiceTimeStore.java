package dev.latchkey.server.session;

import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps when the server was last known to serve, and the outages that followed from it. */
public interface ServiceTimeStore {
    Optional<Instant> lastSeen();

    /** Keeps the instant, unless a later one is kept. */
    void saveLastSeen(Transaction transaction, Instant instant);

    /** Nothing is measured until the next sign of life. */
    void forgetLastSeen(Transaction transaction);

    /** The outages that ended after the instant, in any order. */
    List<Outage> outagesSince(Instant instant);

    void addOutage(Transaction transaction, Outage outage);

    /**
     * A time in which no request could be answered.
     *
     * @param from its start, the last sign of life before it
     * @param to its end
     */
    record Outage(Instant from, Instant to) {}
}
