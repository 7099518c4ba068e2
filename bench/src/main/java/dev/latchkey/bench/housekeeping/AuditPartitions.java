package dev.latchkey.bench.housekeeping;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The table {@code audit_events} in partitions by time, and events for it or for the one that the migrations make. */
final class AuditPartitions {
    static final int COUNT = 32;
    static final int DAYS = 32;
    private static final long DAY_MILLIS = 86_400_000L;

    private final long from;

    /** @param now the last day begins then, so that events of the run fall into the last partition */
    AuditPartitions(long now) {
        this.from = now - (DAYS - 1) * DAY_MILLIS;
    }

    /** Before this are so many of the days. */
    long endOf(int days) {
        return from + days * DAY_MILLIS;
    }

    /** Puts partitions, one a day, in the place of the table, which has to be empty. */
    void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table audit_events");
            statement.execute("create sequence audit_events_numbers");
            statement.execute("""
                create table audit_events (
                    id bigint not null default nextval('audit_events_numbers'),
                    happened_at bigint not null,
                    type text collate "C" not null,
                    sub text collate "C",
                    client_id text collate "C",
                    sid text collate "C",
                    address text collate "C",
                    details text collate "C" not null,
                    event_key text collate "C",
                    primary key (id, happened_at)
                ) partition by range (happened_at)\
                """);
            statement.execute("create index audit_events_by_time on audit_events (happened_at)");
            // over all partitions it can be unique with the time only
            statement.execute("create unique index audit_events_by_key on audit_events (event_key, happened_at)"
                    + " where event_key is not null");
            for (int day = 0; day < COUNT; day++) {
                statement.execute("create table audit_events_" + day + " partition of audit_events for values from ("
                        + endOf(day) + ") to (" + endOf(day + 1) + ")");
            }
            statement.execute("create trigger audit_events_stay before update on audit_events"
                    + " for each row execute function audit_events_refuse()");
            statement.execute("create trigger audit_events_are_not_removed before delete on audit_events"
                    + " for each row execute function audit_events_keep_young()");
        }
    }

    /** Adds so many events at equal distances up to the beginning of the last day. */
    void fill(Connection connection, long events) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                insert into audit_events (happened_at, type, sub, client_id, sid, address, details)
                select %d + n * %d / %d, 'login', 'user-' || n %% 100000, 'bench',
                    substr(md5(n::text), 1, 22), '192.0.2.1', '{}'
                from generate_series(0, %d) n\
                """.formatted(from, (DAYS - 1) * DAY_MILLIS, events, events - 1));
            statement.execute("vacuum analyze audit_events");
            statement.execute("checkpoint");
        }
    }

    /** Takes the first days away, each in two short transactions. */
    void drop(Connection connection, int days) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int day = 0; day < days; day++) {
                statement.execute("alter table audit_events detach partition audit_events_" + day);
                statement.execute("drop table audit_events_" + day);
            }
        }
    }
}
