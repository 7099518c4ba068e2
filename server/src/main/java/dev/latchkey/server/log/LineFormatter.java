package dev.latchkey.server.log;

import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.token.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line for each record: time, level, event, fields, and an exception on the same line with the frames that matter. In text
 * a value that is not plain is quoted, so that a line can be taken apart again.
 */
public final class LineFormatter extends Formatter {
    private static final Pattern PLAIN = Pattern.compile("[^\\s\"=\\\\]+");
    private static final int MAX_FRAMES = 12;
    /** A store that is away fails every request and task: it has to be seen that it is, and where, and not more. */
    private static final int MAX_FRAMES_OF_STORE = 4;

    private static final int MAX_CAUSES = 4;

    private final LogFormat format;

    public LineFormatter(LogFormat format) {
        super();
        this.format = format;
    }

    @Override
    public String format(LogRecord logged) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", logged.getInstant().toString());
        fields.put("level", level(logged.getLevel()));
        if (logged instanceof EventLog.EventRecord ours) {
            fields.put("event", ours.event().name());
            fields.putAll(ours.event().fields());
        } else {
            fields.put("event", "library");
            fields.put("logger", FieldText.of(String.valueOf(logged.getLoggerName())));
            fields.put("message", FieldText.of(String.valueOf(formatMessage(logged))));
        }
        Throwable thrown = logged.getThrown();
        if (thrown != null) {
            fields.put("exception", exception(thrown));
        }
        return switch (format) {
            case TEXT -> text(fields);
            case JSON -> Json.write(fields) + "\n";
        };
    }

    private static String text(Map<String, Object> fields) {
        StringBuilder line = new StringBuilder(160);
        fields.forEach((name, value) -> {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            String text = value.toString();
            switch (name) {
                case "time" -> line.append(text);
                case "level" -> line.append(text);
                case "event" -> line.append(text);
                default -> line.append(name).append('=').append(quoted(text));
            }
        });
        return line.append('\n').toString();
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String exception(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        boolean ofStore = thrown instanceof StoreUnavailableException;
        @Nullable Throwable current = thrown;
        for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
            text.append(depth == 0 ? "" : " caused by ")
                    .append(current.getClass().getName());
            if (current.getMessage() != null) {
                text.append(": ").append(FieldText.of(current.getMessage()));
            }
            int most = !ofStore ? MAX_FRAMES : depth == 0 ? MAX_FRAMES_OF_STORE : 0;
            StackTraceElement[] frames = current.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, most); i++) {
                text.append(String.format(
                        Locale.ROOT,
                        " at %s.%s:%d",
                        frames[i].getClassName(),
                        frames[i].getMethodName(),
                        frames[i].getLineNumber()));
            }
            current = current.getCause();
        }
        return text.toString();
    }
}
