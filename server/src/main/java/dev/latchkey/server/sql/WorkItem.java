package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work on its way from the caller, who waits, to the writer and back. Either the caller gives it up or the
 * writer starts it, never both; once started, its verdict is waited for however long it takes.
 */
final class WorkItem<T> {
    private enum State {
        WAITING,
        STARTED,
        GIVEN_UP,
        ANSWERED
    }

    private final Function<Transaction, T> work;
    private final Thread caller = Thread.currentThread();
    private final long bornNanos = System.nanoTime();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private @Nullable T result;
    private @Nullable Throwable failure;
    private @Nullable StoreUnavailableException refusal;
    private List<Runnable> tasksAfterCommit = List.of();

    WorkItem(Function<Transaction, T> work) {
        this.work = work;
    }

    /** By the writer: false when the caller has given it up, and then it must not be run. */
    boolean start() {
        return state.compareAndSet(State.WAITING, State.STARTED);
    }

    long bornNanos() {
        return bornNanos;
    }

    /** By the writer: runs the work and keeps what came of it until {@link #answer}. False when it threw. */
    @SuppressWarnings("CatchThrowable") // whatever it throws is the caller's, and the writer must live on
    boolean perform(SqlTransaction transaction) {
        try {
            result = work.apply(transaction);
            tasksAfterCommit = transaction.tasksAfterCommit();
            return true;
        } catch (Throwable e) {
            failure = e;
            return false;
        }
    }

    /** By the writer: tells the caller what came of the work. */
    void answer() {
        state.set(State.ANSWERED);
        LockSupport.unpark(caller);
    }

    /** By the writer: tells the caller that nothing was stored, whatever the work said. */
    void refuse(StoreUnavailableException reason) {
        refusal = reason;
        answer();
    }

    /** By the caller: waits for the verdict, with this much patience for the work to be started. */
    T await(Duration patience) {
        long deadline = bornNanos + patience.toNanos();
        boolean interrupted = false;
        try {
            while (state.get() != State.ANSWERED) {
                if (state.get() == State.WAITING) {
                    interrupted |= Thread.interrupted();
                    long left = deadline - System.nanoTime();
                    if (!interrupted && left > 0) {
                        LockSupport.parkNanos(this, left);
                    } else if (state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
                        throw new StoreUnavailableException(
                                interrupted
                                        ? "interrupted while waiting for the store"
                                        : "the store is too far behind");
                    }
                } else {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return verdict();
    }

    @SuppressWarnings("NullAway") // null only where the work itself answered null
    private T verdict() {
        if (refusal != null) {
            throw new StoreUnavailableException("the store could not keep the change", refusal);
        }
        tasksAfterCommit.forEach(Runnable::run); // none where the work failed
        return switch (failure) {
            case null -> result;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException("a unit of work threw what it does not declare", e);
        };
    }
}
