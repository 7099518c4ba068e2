package dev.latchkey.server.protocol;

import java.time.Instant;

/** Keeps when each chore is due that one instance does for all. */
public interface ChoreStore {
    /**
     * Moves the chore on, if it is due; of several that try, one does it.
     *
     * @return whether the caller has to do it
     */
    boolean claim(Transaction transaction, String chore, Instant now, Instant dueAgainAt);
}
