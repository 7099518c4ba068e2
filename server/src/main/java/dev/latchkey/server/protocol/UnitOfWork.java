package dev.latchkey.server.protocol;

import java.util.function.Function;

/**
 * The only way to change state (DESIGN §5). The work runs alone or together with that of other requests in one
 * transaction, and {@link #run} returns only when its changes are durable.
 *
 * <p>Work that returns commits, whatever outcome it returns; work that throws leaves no trace of itself. It may be slow
 * for others: no cryptography, no hashing, no input or output inside, and no call of {@code run} inside another.
 *
 * <p>Safe for use by many threads.
 */
public interface UnitOfWork {
    /**
     * Runs the work and waits until what it changed is durable.
     *
     * @throws StoreUnavailableException when it could not be stored; nothing of it was
     */
    <T> T run(Function<Transaction, T> work);
}
