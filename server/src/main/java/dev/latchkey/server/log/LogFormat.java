package dev.latchkey.server.log;

/** How a line of the log looks. */
public enum LogFormat {
    /** Time, level, event, then {@code key=value}. */
    TEXT,
    /** A JSON object. */
    JSON
}
