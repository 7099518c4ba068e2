package dev.latchkey.server.session;

import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.UnitOfWork;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives each new session a status index that no other has, on this instance or another.
 *
 * <p>A block of them is reserved by one durable write and then given out from memory, so that a login writes no more than it
 * did; what is left of a block when the server stops is never used. Within a block the order is random, so that an index
 * does not tell who came before whom (Token Status List §12.5). Safe for many threads; not to be called inside a unit of work.
 */
public final class StatusIndexes {
    static final int BLOCK = 1024;

    private final StatusIndexStore store;
    private final UnitOfWork unitOfWork;
    private final Supplier<Epoch> epochs;
    private final SecureRandom random;
    private final ReentrantLock reserving = new ReentrantLock();
    private final ReentrantLock using = new ReentrantLock();
    /** Guarded by {@code using}. */
    private final List<StatusIndex> free = new ArrayList<>();

    /** @param epochs in a new one, what is left of a block of the old one is not used */
    public StatusIndexes(StatusIndexStore store, UnitOfWork unitOfWork, Supplier<Epoch> epochs, SecureRandom random) {
        this.store = store;
        this.unitOfWork = unitOfWork;
        this.epochs = epochs;
        this.random = random;
    }

    /**
     * An index that was never given out before.
     *
     * @throws StoreUnavailableException when none is left and none can be reserved
     */
    public StatusIndex next() {
        StatusIndex taken = take();
        while (taken == null) {
            reserveWhereNoneIsLeft();
            taken = take();
        }
        if (left() <= BLOCK / 2) {
            reserveAhead();
        }
        return taken;
    }

    private @Nullable StatusIndex take() {
        long first = epochs.get().firstStatusIndex();
        using.lock();
        try {
            if (!free.isEmpty() && free.getLast().value() < first) {
                free.removeIf(index -> index.value() < first);
            }
            return free.isEmpty() ? null : free.removeLast();
        } finally {
            using.unlock();
        }
    }

    private int left() {
        using.lock();
        try {
            return free.size();
        } finally {
            using.unlock();
        }
    }

    private void reserveWhereNoneIsLeft() {
        reserving.lock();
        try {
            if (left() == 0) {
                reserve();
            }
        } finally {
            reserving.unlock();
        }
    }

    /** By one caller, while the others go on with what is left. */
    private void reserveAhead() {
        if (!reserving.tryLock()) {
            return;
        }
        try {
            if (left() <= BLOCK / 2) {
                reserve();
            }
        } catch (StoreUnavailableException _) {
            // there are some left, and the next caller tries again
        } finally {
            reserving.unlock();
        }
    }

    private void reserve() {
        long first = unitOfWork.run(transaction -> store.reserve(transaction, BLOCK));
        List<StatusIndex> block = new ArrayList<>(LongStream.range(first, first + BLOCK)
                .mapToObj(StatusIndex::new)
                .toList());
        Collections.shuffle(block, random);
        using.lock();
        try {
            free.addAll(0, block); // what is left of the last block goes first
        } finally {
            using.unlock();
        }
    }
}
