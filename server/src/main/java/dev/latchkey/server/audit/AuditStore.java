package dev.latchkey.server.audit;

import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;
import java.util.List;

/**
 * Keeps events. What is kept cannot be changed, and can be removed only by age: the store itself refuses anything else, from
 * whoever it comes.
 */
public interface AuditStore {
    /** The columns beside the details: fields of these names can be asked for. */
    List<String> COLUMNS = List.of("sub", "client_id", "sid", "address");

    /** Keeps events, in this order, but for those whose key is there already. Values that look like a secret are hidden, long ones cut. */
    void append(Transaction transaction, List<TimedEvent> events);

    /** The events kept after the one with this id, the oldest first; at most {@code limit}. */
    List<StoredEvent> listAfter(long id, AuditQuery query, int limit);

    /** The events kept last, the oldest of them first; at most {@code limit}. */
    List<StoredEvent> last(AuditQuery query, int limit);

    /**
     * Removes the oldest events before the instant; at most {@code limit}. Returns how many. That events up to there may be
     * missing is kept for good.
     */
    int removeBefore(Transaction transaction, Instant instant, int limit);
}
