package dev.latchkey.server.session;

import dev.latchkey.server.protocol.Transaction;

/** Counts the status indexes that have been given out. Reads see the last committed state. */
public interface StatusIndexStore {
    /** Gives out the next {@code count} indexes, to this caller only; returns the first of them. */
    long reserve(Transaction transaction, int count);

    /** How many have been given out: all of them are smaller than this. */
    long reserved();
}
