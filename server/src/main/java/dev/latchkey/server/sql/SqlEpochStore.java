package dev.latchkey.server.sql;

import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.epoch.EpochStore;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.session.StatusIndex;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the epoch in the one row of the table {@code epoch}. It alone reaches into the tables of others, since what a new epoch
 * ends has to end in one transaction, whatever its noun.
 */
public final class SqlEpochStore implements EpochStore {
    private static final int ONLY_ROW = 1;

    /**
     * How many lists past those of the backup are told of as ended, for the sessions that began after it was taken: 67 million of
     * them. What refers to a later one cannot be told of, and counts nowhere either.
     */
    private static final int LISTS_AFTER_BACKUP = 64;

    private static final String COLUMNS = "number, began_at, first_status_index, ended_from, ended_to, is_copy";

    private final Database database;

    public SqlEpochStore(Database database) {
        this.database = database;
    }

    @Override
    public Epoch current() {
        return database.read(
                sql -> sql.one("select " + COLUMNS + " from epoch where id = ?", SqlEpochStore::epoch, ONLY_ROW)
                        .orElseThrow());
    }

    @Override
    public Instant latest() {
        return database.read(sql -> sql.one(
                        "select max(at) as latest from (select began_at as at from epoch"
                                + " union all select max(seen_at) from last_seen"
                                + " union all select max(happened_at) from audit_events"
                                + sql.dialect()
                                        .now()
                                        .map(now -> " union all select " + now)
                                        .orElse("")
                                + ") times",
                        row -> row.instant("latest"))
                .orElseThrow());
    }

    @Override
    public Epoch begin(Transaction transaction, Instant now) {
        Sql sql = database.in(transaction);
        Optional<Epoch> ended = sql.one(
                "update epoch set is_copy = ? where id = ? returning " + COLUMNS,
                SqlEpochStore::epoch,
                false,
                ONLY_ROW);
        return begin(sql, ended.orElseThrow(), now);
    }

    @Override
    public Optional<Epoch> beginInCopy(Transaction transaction, Instant now) {
        Sql sql = database.in(transaction);
        Optional<Epoch> ended = sql.one(
                "update epoch set is_copy = ? where id = ? and is_copy = ? returning " + COLUMNS,
                SqlEpochStore::epoch,
                false,
                ONLY_ROW,
                true);
        return ended.map(epoch -> begin(sql, epoch, now));
    }

    private static Epoch begin(Sql sql, Epoch ended, Instant now) {
        long reserved = sql.one(
                        "select reserved from status_indexes where id = ?", row -> row.number("reserved"), ONLY_ROW)
                .orElseThrow();
        long lists = Math.ceilDiv(reserved, StatusIndex.LIST_SIZE);
        long first = Math.max(lists, now.getEpochSecond());
        Epoch begun = new Epoch(
                ended.number() + 1,
                now,
                first * StatusIndex.LIST_SIZE,
                new Epoch.Lists(
                        ended.firstStatusIndex() / StatusIndex.LIST_SIZE, Math.min(lists + LISTS_AFTER_BACKUP, first)),
                false);
        save(sql, begun);
        endAll(sql, now);
        return begun;
    }

    private static void save(Sql sql, Epoch epoch) {
        sql.update(
                "update epoch set number = ?, began_at = ?, first_status_index = ?, ended_from = ?, ended_to = ?"
                        + " where id = ?",
                epoch.number(),
                epoch.beganAt(),
                epoch.firstStatusIndex(),
                epoch.endedLists().from(),
                epoch.endedLists().to(),
                ONLY_ROW);
        sql.update("update status_indexes set reserved = ? where id = ?", epoch.firstStatusIndex(), ONLY_ROW);
    }

    private static void endAll(Sql sql, Instant now) {
        sql.update("update sessions set revoked_at = ?, sweep_at = ? where revoked_at is null", now, now);
        sql.update("update browser_sessions set ended_at = ? where ended_at is null", now);
        sql.update("delete from authorization_codes");
        sql.update("delete from pushed_requests");
        sql.update("delete from initial_access_tokens");
    }

    private static Epoch epoch(Row row) throws SQLException {
        return new Epoch(
                row.number("number"),
                row.instant("began_at"),
                row.number("first_status_index"),
                new Epoch.Lists(row.number("ended_from"), row.number("ended_to")),
                row.flag("is_copy"));
    }
}
