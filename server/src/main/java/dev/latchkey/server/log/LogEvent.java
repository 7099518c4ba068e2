package dev.latchkey.server.log;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something worth a line: a name and fields in order. Values are made harmless when they are added; a field whose name says
 * that it is a secret is not taken. Immutable.
 */
public final class LogEvent {
    private final String name;
    private final Map<String, Object> fields;

    private LogEvent(String name, Map<String, Object> fields) {
        this.name = name;
        this.fields = fields;
    }

    /**
     * An event without fields.
     *
     * @param name a constant in lower case: {@code login_refused}
     */
    public static LogEvent of(String name) {
        return new LogEvent(name, Map.of());
    }

    public LogEvent with(String field, String value) {
        return add(field, FieldText.of(field, value));
    }

    public LogEvent with(String field, long value) {
        return add(field, value);
    }

    public LogEvent with(String field, boolean value) {
        return add(field, value);
    }

    public LogEvent with(String field, InetAddress value) {
        return add(field, value.getHostAddress());
    }

    /** The field with {@code _ms} at its end and the milliseconds in it. */
    public LogEvent with(String field, Duration value) {
        return add(field + "_ms", value.toMillis());
    }

    /** All fields of a map, in its order. */
    public LogEvent with(Map<String, String> more) {
        LogEvent event = this;
        for (Map.Entry<String, String> field : more.entrySet()) {
            event = event.with(field.getKey(), field.getValue());
        }
        return event;
    }

    private LogEvent add(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new LogEvent(name, more);
    }

    String name() {
        return name;
    }

    Map<String, Object> fields() {
        return fields;
    }
}
