package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditQuery;
import dev.latchkey.server.audit.AuditStore;
import dev.latchkey.server.audit.StoredEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code audit tail}: the audit events that were kept last, and with {@code --follow} those to come. */
final class AuditTail extends StoreCommand {
    private static final int USUAL_LINES = 20;
    private static final int MAX_LINES = 100_000;
    private static final int PAGE = 500;
    /** With several instances an event can be kept after one of a higher number; it is not later than by so many. */
    private static final int LATE = 1_000;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    AuditTail(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return AuditOptions.addTo(spec("tail", "Shows the audit events that were kept last, the newest at the end.")
                .flag("--follow", "Goes on with those to come, until it is stopped.")
                .option("--lines", "N", "How many at most; 20 unless given.")
                .flag(Table.JSON, "Prints JSON: an object a line."));
    }

    @Override
    int run(Call call, Backend.Administration store) {
        AuditStore events = store.auditEvents();
        AuditQuery query = AuditOptions.query(call);
        boolean json = call.arguments().flag(Table.JSON);
        // looked up first, so that nothing is lost between the two looks
        long seen = newest(events.last(AuditQuery.all(), 1), 0);
        List<StoredEvent> last = events.last(query, lines(call.arguments()));
        last.forEach(event -> show(call, event, json));
        if (call.arguments().flag("--follow")) {
            follow(call, new Follow(events, query, json), newest(last, seen));
        }
        return OK;
    }

    private record Follow(AuditStore events, AuditQuery query, boolean json) {}

    private static long newest(List<StoredEvent> events, long otherwise) {
        return events.isEmpty()
                ? otherwise
                : Math.max(otherwise, events.getLast().id());
    }

    private static void show(Call call, StoredEvent event, boolean json) {
        call.say(json ? AuditText.json(event) : AuditText.line(event));
    }

    /** Until the process is stopped, or nobody reads any more. */
    private static void follow(Call call, Follow follow, long since) {
        long seen = since;
        Set<Long> shown = new HashSet<>();
        follow.events().listAfter(seen - LATE, AuditQuery.all(), LATE).forEach(event -> shown.add(event.id()));
        shown.removeIf(id -> id > since); // kept since the last look, and not shown yet
        while (!call.terminal().out().checkError()) {
            List<StoredEvent> next = follow.events().listAfter(seen - LATE, follow.query(), LATE + PAGE).stream()
                    .filter(event -> shown.add(event.id()))
                    .toList();
            long oldest = seen - LATE;
            shown.removeIf(id -> id < oldest);
            next.forEach(event -> show(call, event, follow.json()));
            seen = newest(next, seen);
            if (next.isEmpty() && !pause()) {
                return;
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_EVERY);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int lines(Arguments arguments) {
        String text = arguments.text("--lines", String.valueOf(USUAL_LINES));
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > MAX_LINES) {
            throw CommandException.usage("--lines is a number from 0 to " + MAX_LINES);
        }
        return Integer.parseInt(text);
    }
}
