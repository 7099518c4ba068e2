package dev.latchkey.server.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as it was kept.
 *
 * @param id rises with every event that is kept, in the order in which they were
 * @param at when it happened, in milliseconds
 * @param type {@link AuditEvent.Type#code}, or one that only another version knows
 * @param fields who, where and why, by name
 */
public record StoredEvent(long id, Instant at, String type, Map<String, String> fields) {
    public StoredEvent {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
