package dev.latchkey.server.status;

import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.server.session.StatusIndexStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that ended before their time and whose tokens may still be alive, list by list. It looks into the store once a
 * second at most, however often it is asked, and then only for what was revoked lately; once a minute it reads everything
 * that still matters, which also drops what does not. Changes by other processes are seen as well. Safe for many threads.
 */
final class Revocations {
    private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(1);
    private static final Duration READ_ANEW_EVERY = Duration.ofMinutes(1);

    /** A revocation is dated before it is committed, and perhaps by another machine's clock. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private final SessionStore sessions;
    private final StatusIndexStore indexes;
    private final Supplier<Epoch> epochs;
    private final Duration keptFor;
    private final InstantSource clock;
    private final BitSet none = new BitSet();
    private final BitSet all = new BitSet();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Look last;
    private volatile boolean due;

    /**
     * What was seen.
     *
     * @param at by the clock of the issuer
     * @param readAnewAt when everything was read
     * @param lists the number that the next one will have
     * @param revoked the bits of the lists that have any; never changed, so that another object means another state
     */
    private record Look(Instant at, Instant readAnewAt, long lists, Map<Long, BitSet> revoked) {}

    /**
     * Looks at nothing yet.
     *
     * @param keptFor how long after its revocation a session is told of: longer than any of its tokens lives
     */
    Revocations(StatusListEndpoint.Stores stores, Duration keptFor, InstantSource clock) {
        this.sessions = stores.sessions();
        this.indexes = stores.statusIndexes();
        this.epochs = stores.epochs();
        this.all.set(0, StatusIndex.LIST_SIZE);
        this.keptFor = keptFor;
        this.clock = clock;
    }

    /** The bits of a list, not to be changed, the same object as long as they are the same; empty if there is no such list. */
    Optional<BitSet> of(long list) {
        Epoch epoch = epochs.get();
        if (epoch.endedLists().contains(list)) {
            return Optional.of(all);
        }
        if (list < first()) {
            return Optional.empty();
        }
        Look look = look();
        boolean exists = list < look.lists() || list < countLists(); // another instance may have begun it just now
        return exists ? Optional.of(look.revoked().getOrDefault(list, none)) : Optional.empty();
    }

    /** The number of the first list of this epoch. */
    long first() {
        return epochs.get().firstStatusIndex() / StatusIndex.LIST_SIZE;
    }

    /** The numbers of the lists of this epoch are smaller than this. */
    long lists() {
        return look().lists();
    }

    /** Has whoever asks next look again, even if the issuer's clock stands still. */
    void lookAgainSoon() {
        due = true;
    }

    private Look look() {
        Look known = last;
        if (known != null && isFresh(known)) {
            return known;
        }
        if (known == null) {
            looking.lock();
        } else if (!looking.tryLock()) {
            return known; // somebody is looking, and what was true a moment ago will do
        }
        try {
            Look current = last;
            if (current == null || !isFresh(current)) {
                current = lookAgain(current);
                last = current;
            }
            return current;
        } finally {
            looking.unlock();
        }
    }

    private boolean isFresh(Look look) {
        Instant now = clock.instant();
        return !due && now.isBefore(look.at().plus(LOOKED_AT_EVERY)) && !now.isBefore(look.at());
    }

    private Look lookAgain(@Nullable Look before) {
        due = false; // both before the read: what is committed during it is seen by the next
        Instant now = clock.instant();
        long lists = countLists();
        if (before == null || isDue(before.readAnewAt(), now)) {
            Map<Long, BitSet> known = before == null ? Map.of() : before.revoked();
            Map<Long, BitSet> all = byList(sessions.listRevokedSince(now.minus(keptFor)));
            all.replaceAll((list, bits) -> bits.equals(known.get(list)) ? known.get(list) : bits);
            return new Look(now, now, lists, all);
        }
        Map<Long, BitSet> all = new HashMap<>(before.revoked());
        byList(sessions.listRevokedSince(before.at().minus(OVERLAP)))
                .forEach((list, bits) -> all.merge(list, bits, Revocations::union));
        return new Look(now, before.readAnewAt(), lists, all);
    }

    private static boolean isDue(Instant readAt, Instant now) {
        return now.isBefore(readAt) || !now.isBefore(readAt.plus(READ_ANEW_EVERY));
    }

    private static BitSet union(BitSet known, BitSet more) {
        BitSet all = (BitSet) known.clone();
        all.or(more);
        return all.equals(known) ? known : all;
    }

    private static Map<Long, BitSet> byList(List<StatusIndex> revoked) {
        Map<Long, BitSet> lists = new HashMap<>();
        revoked.forEach(
                index -> lists.computeIfAbsent(index.list(), _ -> new BitSet()).set(index.place()));
        return lists;
    }

    /** The first is there from the start. */
    private long countLists() {
        return Math.max(first() + 1, Math.ceilDiv(indexes.reserved(), StatusIndex.LIST_SIZE));
    }
}
