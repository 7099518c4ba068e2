package dev.latchkey.server.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of a process that is a server of ours: every logger writes one line an event to standard error, ours from info on,
 * libraries from warning on. Called once, by the main class; a server inside another program leaves that program's log alone.
 */
public final class StandardErrorLog {
    /** Reports each malformed request with a stack trace; the answer to it is 400 and that is all there is to say. */
    private static final String MALFORMED_REQUESTS = "io.helidon.webserver.http1.Http1Connection";

    /** Reports each connection that the database closed, and advises a setting: what failed for want of one is told by others. */
    private static final String CLOSED_CONNECTIONS = "com.zaxxer.hikari.pool.PoolBase";

    /** Kept, because {@code java.util.logging} forgets the level of a logger that nobody holds. */
    private final List<Logger> loggers;

    private StandardErrorLog(List<Logger> loggers) {
        this.loggers = loggers;
    }

    /** Takes over all loggers of the process; hold the result as long as the process logs. */
    public static StandardErrorLog install(LogFormat format) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LineHandler(
                new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8),
                new LineFormatter(format)));
        root.setLevel(Level.WARNING);
        Logger ours = Logger.getLogger(EventLog.NAME);
        ours.setLevel(Level.INFO);
        Logger malformed = Logger.getLogger(MALFORMED_REQUESTS);
        malformed.setLevel(Level.OFF);
        Logger closed = Logger.getLogger(CLOSED_CONNECTIONS);
        closed.setLevel(Level.SEVERE);
        return new StandardErrorLog(List.of(root, ours, malformed, closed));
    }

    /** The loggers whose levels were set. */
    List<Logger> loggers() {
        return loggers;
    }

    /** Writes each record as one write, so that lines of several threads do not mix. */
    static final class LineHandler extends Handler {
        private final PrintStream out;

        LineHandler(PrintStream out, LineFormatter formatter) {
            super();
            this.out = out;
            setFormatter(formatter);
        }

        @Override
        public void publish(LogRecord logged) {
            if (isLoggable(logged)) {
                byte[] line = getFormatter().format(logged).getBytes(StandardCharsets.UTF_8);
                out.write(line, 0, line.length);
                out.flush();
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
