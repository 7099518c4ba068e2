package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;

/** A unit of work while it runs, with the statements that belong to it. */
final class SqlTransaction implements Transaction {
    private final Database owner;
    private final Sql sql;
    private final Thread thread = Thread.currentThread();
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

    void end() {
        ended = true;
    }
}
