package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditQuery;
import dev.latchkey.server.setting.DurationText;
import dev.latchkey.server.setting.Nearest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The options that say which audit events are meant. */
final class AuditOptions {
    private AuditOptions() {}

    static Syntax addTo(Syntax syntax) {
        return syntax.option("--type", "TYPE", "Those of a type, as login_error.")
                .option("--sub", "SUB", "Those of a user, by the sub of its tokens.")
                .option("--client", "CLIENT_ID", "Those of a client.")
                .option(
                        "--since",
                        "TIME",
                        "Those from then on: 2026-03-01, 2026-03-01T12:00:00Z, or 15m for so long ago.");
    }

    static AuditQuery query(StoreCommand.Call call) {
        Arguments arguments = call.arguments();
        Instant now = call.terminal().clock().instant();
        return new AuditQuery(
                arguments.text("--type").map(AuditOptions::type),
                arguments.text("--sub"),
                arguments.text("--client"),
                arguments.text("--since").map(text -> instant("--since", text, now)),
                arguments.text("--until").map(text -> instant("--until", text, now)));
    }

    private static String type(String text) {
        String code = text.toLowerCase(Locale.ROOT);
        List<String> codes = Arrays.stream(AuditEvent.Type.values())
                .map(AuditEvent.Type::code)
                .toList();
        if (!codes.contains(code)) {
            throw CommandException.usage("there is no event type " + text
                    + Nearest.nearest(code, codes)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
        return code;
    }

    private static Instant instant(String option, String text, Instant now) {
        try {
            return DurationText.parse(text).map(now::minus).orElseGet(() -> absolute(text));
        } catch (DateTimeParseException e) {
            throw CommandException.usage(option
                    + " is a day or time in UTC, as 2026-03-01 or 2026-03-01T12:00:00Z, or a duration such as 15m");
        }
    }

    private static Instant absolute(String text) {
        return text.indexOf('T') < 0
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }
}
