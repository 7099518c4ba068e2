package dev.latchkey.server.protocol;

/**
 * The running unit of work, as stores see it: proof that a write happens inside one. Only the store that opened it can
 * look inside, and it is of no use after the unit of work has ended.
 */
public interface Transaction {
    /**
     * Has the task run when the changes are durable, by the caller of {@link UnitOfWork#run} and before that returns; never
     * where nothing was stored. For what tells others about a change; it must not throw.
     */
    void afterCommit(Runnable task);
}
