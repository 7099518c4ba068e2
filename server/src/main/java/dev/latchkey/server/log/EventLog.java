package dev.latchkey.server.log;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes events to the log of the process. Safe for use by many threads; never throws on account of a value. */
public final class EventLog {
    /** The logger of this server; what libraries log goes to others. */
    public static final String NAME = "dev.latchkey";

    private final Logger logger;

    public EventLog() {
        this(Logger.getLogger(NAME));
    }

    /** A log of its own, for tests and for servers inside other programs. */
    public EventLog(Logger logger) {
        this.logger = logger;
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
            EventRecord eventRecord = new EventRecord(level, event);
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
