package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;
import java.util.ArrayList;
import java.util.List;

/** A unit of work while it runs, with the statements that belong to it. */
final class SqlTransaction implements Transaction {
    private final Database owner;
    private final Sql sql;
    private final Thread thread = Thread.currentThread();
    private final List<Runnable> afterCommit = new ArrayList<>(0);
    private boolean ended;

    SqlTransaction(Database owner, Sql sql) {
        this.owner = owner;
        this.sql = sql;
    }

    /** The statements of the transaction, if it is a running one of that database on this thread. */
    static Sql sqlOf(Transaction transaction, Database owner) {
        if (!(transaction instanceof SqlTransaction own) || !own.owner.equals(owner)) {
            throw new IllegalStateException("a transaction of another store");
        }
        if (!own.thread.equals(Thread.currentThread()) || own.ended) {
            throw new IllegalStateException("the unit of work has ended, or runs on another thread");
        }
        return own.sql;
    }

    @Override
    public void afterCommit(Runnable task) {
        if (!thread.equals(Thread.currentThread()) || ended) {
            throw new IllegalStateException("the unit of work has ended, or runs on another thread");
        }
        afterCommit.add(task);
    }

    void end() {
        ended = true;
    }

    /** What is to be run when the changes are durable. */
    List<Runnable> tasksAfterCommit() {
        return afterCommit;
    }
}
