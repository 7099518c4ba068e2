package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditQuery;
import dev.latchkey.server.audit.StoredEvent;
import java.util.List;
import java.util.function.Function;

/** {@code audit export}: all audit events that are asked for, the oldest first, for other programs. */
final class AuditExport extends StoreCommand {
    private static final int PAGE = 1000;

    AuditExport(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return AuditOptions.addTo(
                        spec("export", "Writes audit events to standard output, in the order they were kept."))
                .option("--until", "TIME", "Those before it, written as for --since.")
                .option("--format", "FORMAT", "jsonl (unless given): a JSON object a line; or csv.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        AuditQuery query = AuditOptions.query(call);
        String format = call.arguments().text("--format", "jsonl");
        Function<StoredEvent, String> text = switch (format) {
            case "jsonl" -> AuditText::json;
            case "csv" -> AuditText::csv;
            default -> throw CommandException.usage("--format is jsonl or csv");
        };
        if (format.equals("csv")) {
            call.say(AuditText.CSV_HEADER);
        }
        List<StoredEvent> page;
        long seen = 0;
        do {
            page = store.auditEvents().listAfter(seen, query, PAGE);
            page.forEach(event -> call.say(text.apply(event)));
            seen = page.isEmpty() ? seen : page.getLast().id();
        } while (page.size() == PAGE && !call.terminal().out().checkError());
        return OK;
    }
}
