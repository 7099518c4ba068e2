package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.session.StatusIndexStore;

/** Keeps the count of status indexes in the one row of the table {@code status_indexes}. */
public final class SqlStatusIndexStore implements StatusIndexStore {
    private static final int ONLY_ROW = 1;

    private final Database database;

    public SqlStatusIndexStore(Database database) {
        this.database = database;
    }

    @Override
    public long reserve(Transaction transaction, int count) {
        long reserved = database.in(transaction)
                .one(
                        "update status_indexes set reserved = reserved + ? where id = ? returning reserved",
                        row -> row.number("reserved"),
                        count,
                        ONLY_ROW)
                .orElseThrow();
        return reserved - count;
    }

    @Override
    public long reserved() {
        return database.read(sql -> sql.one(
                        "select reserved from status_indexes where id = ?", row -> row.number("reserved"), ONLY_ROW))
                .orElseThrow();
    }
}
