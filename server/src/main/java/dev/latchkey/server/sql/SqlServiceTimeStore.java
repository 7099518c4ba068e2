package dev.latchkey.server.sql;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.session.ServiceTimeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the last sign of life in the one row of the table {@code last_seen}, and outages in {@code outages}. */
public final class SqlServiceTimeStore implements ServiceTimeStore {
    private static final int ONLY_ROW = 1;

    /** What was seen so much later than now was seen by a clock that was wrong. */
    private static final Duration WRONG_CLOCK = Duration.ofMinutes(1);

    private final Database database;

    public SqlServiceTimeStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Instant> lastSeen() {
        return database.read(
                sql -> sql.one("select seen_at from last_seen where id = ?", row -> row.instant("seen_at"), ONLY_ROW));
    }

    @Override
    public void saveLastSeen(Transaction transaction, Instant instant) {
        database.in(transaction).update("""
            insert into last_seen (id, seen_at) values (?, ?)
            on conflict (id) do update set seen_at = excluded.seen_at
            where last_seen.seen_at < excluded.seen_at or last_seen.seen_at > ?\
            """, ONLY_ROW, instant, instant.plus(WRONG_CLOCK));
    }

    @Override
    public void forgetLastSeen(Transaction transaction) {
        database.in(transaction).update("delete from last_seen where id = ?", ONLY_ROW);
    }

    @Override
    public List<Outage> outagesSince(Instant instant) {
        return database.read(sql -> sql.list(
                "select started_at, ended_at from outages where ended_at > ?",
                row -> new Outage(row.instant("started_at"), row.instant("ended_at")),
                instant));
    }

    @Override
    public void addOutage(Transaction transaction, Outage outage) {
        database.in(transaction)
                .update(
                        "insert into outages (started_at, ended_at) values (?, ?) on conflict do nothing",
                        outage.from(),
                        outage.to());
    }
}
