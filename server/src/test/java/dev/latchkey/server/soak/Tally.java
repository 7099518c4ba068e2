package dev.latchkey.server.soak;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What all clients together have seen. Safe for many threads. */
final class Tally {
    /** Each refresh token that was given out, and the one that was presented for it. */
    private final Map<String, String> predecessors = new ConcurrentHashMap<>();

    /** Refresh tokens that were traded for the next one, each counted once. */
    final AtomicLong rotations = new AtomicLong();
    /** Tokens presented again although an answer had come, and answered as before. */
    final AtomicLong repeated = new AtomicLong();
    /** Tokens presented twice at the same time. */
    final AtomicLong raced = new AtomicLong();
    /** Requests sent again because no answer came. */
    final AtomicLong unanswered = new AtomicLong();
    /** Requests sent again because the answer was 503. */
    final AtomicLong unavailable = new AtomicLong();
    /** Used tokens that were presented at the end, and refused. */
    final AtomicLong replaysRefused = new AtomicLong();

    /** Notes an answer; a token follows one other and none but that. */
    void follows(String presented, String successor) {
        String known = predecessors.putIfAbsent(successor, presented);
        if (known != null && !known.equals(presented)) {
            throw new AssertionError("one refresh token was given out for two");
        }
    }
}
