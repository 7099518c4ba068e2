package dev.latchkey.server;

import dev.latchkey.server.log.LineFormatter;
import dev.latchkey.server.log.LogFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Every line that this process logs from now on, as an operator would read it. Safe for many threads. */
public final class CapturedLog extends Handler implements AutoCloseable {
    private final LineFormatter formatter = new LineFormatter(LogFormat.JSON);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private CapturedLog() {
        super();
        setLevel(Level.ALL);
    }

    public static CapturedLog start() {
        CapturedLog log = new CapturedLog();
        Logger.getLogger("").addHandler(log);
        return log;
    }

    public String text() {
        return String.join("", lines);
    }

    @Override
    public void publish(LogRecord logged) {
        lines.add(formatter.format(logged));
    }

    @Override
    public void flush() {
        // everything is in memory
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
