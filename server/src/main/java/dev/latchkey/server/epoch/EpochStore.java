package dev.latchkey.server.epoch;

import dev.latchkey.server.protocol.Transaction;
import java.time.Instant;
import java.util.Optional;

/** Keeps the epoch. Reads see the last committed state; writes happen in the given unit of work. */
public interface EpochStore {
    Epoch current();

    /**
     * The latest time that the store knows of, by which a clock that is behind is found out: when the epoch began, a server last
     * served, the last event was kept, and what the database's own clock says where it has one.
     */
    Instant latest();

    /**
     * Begins the next epoch: ends every session and browser session, removes every code and initial access token, and has status
     * indexes go on where none was given out before.
     */
    Epoch begin(Transaction transaction, Instant now);

    /** The same where the store is a copy, and nothing where it is not: of many instances that find one, one does it. */
    Optional<Epoch> beginInCopy(Transaction transaction, Instant now);
}
