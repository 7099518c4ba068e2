package dev.latchkey.server.sql;

import dev.latchkey.server.audit.AuditQuery;
import dev.latchkey.server.audit.AuditStore;
import dev.latchkey.server.audit.StoredEvent;
import dev.latchkey.server.audit.TimedEvent;
import dev.latchkey.server.log.FieldText;
import dev.latchkey.server.protocol.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in the table {@code audit_events}. Triggers refuse to change one, and to remove one that is younger than the
 * mark in {@code audit_removals}, which can only rise.
 */
public final class SqlAuditStore implements AuditStore {
    private static final String SELECT =
            "select id, happened_at, type, sub, client_id, sid, address, details from audit_events";

    private final Database database;

    public SqlAuditStore(Database database) {
        this.database = database;
    }

    @Override
    public void append(Transaction transaction, List<TimedEvent> events) {
        Sql sql = database.in(transaction);
        for (TimedEvent timed : events) {
            Map<String, Object> details = new LinkedHashMap<>();
            timed.event().fields().forEach((name, value) -> details.put(name, FieldText.of(name, value)));
            List<@Nullable Object> values = new ArrayList<>(COLUMNS.size() + 4);
            values.add(timed.at());
            values.add(timed.event().type().code());
            COLUMNS.forEach(column -> values.add(details.remove(column)));
            values.add(StoredText.of(details));
            values.add(timed.key().orElse(null));
            sql.update("""
                insert into audit_events (happened_at, type, sub, client_id, sid, address, details, event_key)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing\
                """, values.toArray());
        }
    }

    @Override
    public List<StoredEvent> listAfter(long id, AuditQuery query, int limit) {
        Condition condition = Condition.of(query);
        List<Object> arguments = new ArrayList<>(List.of(id));
        arguments.addAll(condition.arguments());
        arguments.add(limit);
        String text = SELECT + " where id > ?" + condition.text() + " order by id limit ?";
        return database.readLate(sql -> sql.list(text, SqlAuditStore::event, arguments.toArray()));
    }

    @Override
    public List<StoredEvent> last(AuditQuery query, int limit) {
        Condition condition = Condition.of(query);
        List<Object> arguments = new ArrayList<>(condition.arguments());
        arguments.add(limit);
        String text = SELECT + " where id > 0" + condition.text() + " order by id desc limit ?";
        return database.readLate(sql -> sql.list(text, SqlAuditStore::event, arguments.toArray()))
                .reversed();
    }

    /** What a query asks for: one of a few texts, whatever the values. */
    private record Condition(String text, List<Object> arguments) {
        static Condition of(AuditQuery query) {
            StringBuilder text = new StringBuilder();
            List<Object> arguments = new ArrayList<>();
            query.type().ifPresent(type -> {
                text.append(" and type = ?");
                arguments.add(type);
            });
            query.subject().ifPresent(subject -> {
                text.append(" and sub = ?");
                arguments.add(subject);
            });
            query.clientId().ifPresent(clientId -> {
                text.append(" and client_id = ?");
                arguments.add(clientId);
            });
            query.since().ifPresent(since -> {
                text.append(" and happened_at >= ?");
                arguments.add(since);
            });
            query.until().ifPresent(until -> {
                text.append(" and happened_at < ?");
                arguments.add(until);
            });
            return new Condition(text.toString(), arguments);
        }
    }

    @Override
    public int removeBefore(Transaction transaction, Instant instant, int limit) {
        Sql sql = database.in(transaction);
        boolean none = sql.list(
                        "select id from audit_events where happened_at < ? limit 1", row -> row.number("id"), instant)
                .isEmpty();
        if (none) {
            return 0;
        }
        sql.update("update audit_removals set removed_before = ? where removed_before < ?", instant, instant);
        return sql.update("""
            delete from audit_events where id in (
                select id from audit_events where happened_at < ? order by happened_at limit ?)\
            """, instant, limit);
    }

    private static StoredEvent event(Row row) throws SQLException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String column : COLUMNS) {
            String value = row.textOrNull(column);
            if (value != null) {
                fields.put(column, value);
            }
        }
        StoredText.map(row.text("details")).forEach((name, value) -> fields.put(name, String.valueOf(value)));
        return new StoredEvent(row.number("id"), row.instant("happened_at"), row.text("type"), fields);
    }
}
