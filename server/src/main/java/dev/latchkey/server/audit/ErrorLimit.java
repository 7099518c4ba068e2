package dev.latchkey.server.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lets so many events of a type pass in a minute, and counts the others, so that a flood of refusals cannot fill the disk. */
final class ErrorLimit {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perWindow;
    private final Map<AuditEvent.Type, Window> windows = new EnumMap<>(AuditEvent.Type.class);
    private final List<Omission> ended = new ArrayList<>();

    ErrorLimit(int perWindow) {
        this.perWindow = perWindow;
    }

    /** How many events of a type did not pass in the minute that began then. */
    record Omission(AuditEvent.Type type, Instant since, long count) {}

    private static final class Window {
        private final Instant since;
        private int passed;
        private long omitted;

        Window(Instant since) {
            this.since = since;
        }

        boolean isOver(Instant now) {
            return now.isBefore(since) || !now.isBefore(since.plus(WINDOW));
        }
    }

    synchronized boolean passes(AuditEvent.Type type, Instant now) {
        Window window = windows.get(type);
        if (window == null || window.isOver(now)) {
            end(type);
            window = new Window(now);
            windows.put(type, window);
        }
        if (window.passed < perWindow) {
            window.passed++;
            return true;
        }
        window.omitted++;
        return false;
    }

    /** What was omitted in the minutes that have ended; told once. */
    synchronized List<Omission> omissions(Instant now) {
        for (AuditEvent.Type type : List.copyOf(windows.keySet())) {
            Window window = windows.get(type);
            if (window != null && window.isOver(now)) {
                end(type);
            }
        }
        return told();
    }

    /** All that was omitted and not yet told. */
    synchronized List<Omission> allOmissions() {
        List.copyOf(windows.keySet()).forEach(this::end);
        return told();
    }

    private void end(AuditEvent.Type type) {
        Window window = windows.remove(type);
        if (window != null && window.omitted > 0) {
            ended.add(new Omission(type, window.since, window.omitted));
        }
    }

    private List<Omission> told() {
        List<Omission> told = List.copyOf(ended);
        ended.clear();
        return told;
    }
}
