package dev.latchkey.server.signout;

import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;
import java.util.List;

/**
 * Keeps logouts that clients have still to be told of. Reads see the last committed state; writes happen in the given unit of
 * work.
 */
public interface LogoutDeliveryStore {
    void insert(Transaction transaction, LogoutDelivery delivery);

    /** Those that are due at the instant, the one that was due first first; at most {@code limit}. */
    List<LogoutDelivery> listDue(Instant now, int limit);

    /**
     * Decides who makes the next try, by one conditional update: of any number of callers with the same delivery one wins.
     *
     * @param until when it is due again unless it is removed or postponed before
     */
    boolean claim(Transaction transaction, LogoutDelivery delivery, Instant until);

    /** Postpones a delivery that was claimed, and with it all that are due for the same client: it does not answer now. */
    void postpone(Transaction transaction, LogoutDelivery delivery, Instant now, Instant until);

    /** It is done with. */
    void remove(Transaction transaction, LogoutDelivery delivery);

    /** Removes those that are older than the instant; at most {@code limit}. Returns how many. */
    int removeCreatedBefore(Transaction transaction, Instant instant, int limit);
}
