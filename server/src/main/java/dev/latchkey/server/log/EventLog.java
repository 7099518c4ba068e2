package dev.latchkey.server.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes events to the log of the process. Safe for use by many threads; never throws on account of a value. */
public final class EventLog {
    /** The logger of this server; what libraries log goes to others. */
    public static final String NAME = "dev.latchkey";

    private final Logger logger;
    /** What is told with every event. */
    private final Map<String, String> always;

    public EventLog() {
        this(Logger.getLogger(NAME));
    }

    /** A log of its own, for tests and for servers inside other programs. */
    public EventLog(Logger logger) {
        this(logger, Map.of());
    }

    private EventLog(Logger logger, Map<String, String> always) {
        this.logger = logger;
        this.always = always;
    }

    /** The same log, for events that all have one field more. */
    public EventLog with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(always);
        more.put(field, value);
        return new EventLog(logger, more);
    }

    public void info(LogEvent event) {
        write(Level.INFO, event, null);
    }

    public void warn(LogEvent event) {
        write(Level.WARNING, event, null);
    }

    /** Something failed that should not: with the exception, whole. */
    public void error(LogEvent event, Throwable failure) {
        write(Level.SEVERE, event, failure);
    }

    private void write(Level level, LogEvent event, @Nullable Throwable failure) {
        if (logger.isLoggable(level)) {
            EventRecord eventRecord = new EventRecord(level, event.with(always));
            eventRecord.setLoggerName(logger.getName());
            eventRecord.setThrown(failure);
            logger.log(eventRecord);
        }
    }

    /** An event on its way through {@code java.util.logging}; other handlers than ours see its name as the message. */
    static final class EventRecord extends LogRecord {
        private static final long serialVersionUID = 1L;

        private final transient LogEvent event;

        EventRecord(Level level, LogEvent event) {
            super(level, event.name());
            this.event = event;
        }

        LogEvent event() {
            return event;
        }
    }
}
