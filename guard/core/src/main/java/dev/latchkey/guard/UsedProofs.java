package dev.latchkey.guard;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers which proofs were used for as long as they could be used again, in bounded room. When there is no more, nothing is
 * forgotten early: new ones are turned away. Safe for many threads.
 */
final class UsedProofs {
    /** Of 64 bits and an entry of a set each: about 60 MB at most. */
    static final int DEFAULT_ROOM = 1 << 20;

    private final Duration life;
    private final int room;
    private Set<Long> young = new HashSet<>();
    private Set<Long> old = Set.of();
    private Instant youngSince = Instant.EPOCH;

    /** What came of the use of a proof. */
    enum Use {
        FIRST,
        AGAIN,
        NO_ROOM
    }

    /** @param life how long after it was first seen a proof could still be taken */
    UsedProofs(Duration life, int room) {
        this.life = life;
        this.room = room;
    }

    synchronized Use use(byte[] digest, Instant now) {
        // those who could make two proofs with the same 64 bits of SHA-256 would only turn their own away
        Long name = ByteBuffer.wrap(digest).getLong();
        if (!now.isBefore(youngSince.plus(life))) {
            old = now.isBefore(youngSince.plus(life).plus(life)) ? young : Set.of();
            young = new HashSet<>();
            youngSince = now;
        }
        if (young.contains(name) || old.contains(name)) {
            return Use.AGAIN;
        }
        if (young.size() + old.size() >= room) {
            return Use.NO_ROOM;
        }
        young.add(name);
        return Use.FIRST;
    }
}
