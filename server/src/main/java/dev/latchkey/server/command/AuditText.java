package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditStore;
import dev.latchkey.server.audit.StoredEvent;
import dev.latchkey.token.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Audit events as text: for a person, as JSON, and as CSV that no spreadsheet takes for a formula. */
final class AuditText {
    /** RFC 4180, one record a line. */
    static final String CSV_HEADER = "id,at,type," + String.join(",", AuditStore.COLUMNS) + ",details";

    private AuditText() {}

    static String line(StoredEvent event) {
        StringBuilder line = new StringBuilder(event.at() + " " + harmless(event.type()));
        event.fields().forEach((name, value) -> {
            String text = harmless(value);
            boolean plain = text.chars().allMatch(c -> c > ' ' && c != '"' && c != '\\' && c != '=');
            line.append(' ')
                    .append(harmless(name))
                    .append('=')
                    .append(plain && !text.isEmpty() ? text : Json.write(text));
        });
        return line.toString();
    }

    /** Fields come from requests: no line or colour of theirs may reach the terminal, whoever wrote the row. */
    private static String harmless(String text) {
        return text.codePoints()
                .map(c -> switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> '?';
                    default -> c;
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static String json(StoredEvent event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", event.id());
        members.put("at", event.at().toString());
        members.put("type", event.type());
        for (String column : AuditStore.COLUMNS) {
            String value = event.fields().get(column);
            if (value != null) {
                members.put(column, value);
            }
        }
        Map<String, String> details = details(event);
        if (!details.isEmpty()) {
            members.put("details", details);
        }
        return Json.write(members);
    }

    static String csv(StoredEvent event) {
        List<String> cells =
                new ArrayList<>(List.of(String.valueOf(event.id()), event.at().toString(), event.type()));
        AuditStore.COLUMNS.forEach(column -> cells.add(event.fields().getOrDefault(column, "")));
        Map<String, String> details = details(event);
        cells.add(details.isEmpty() ? "" : Json.write(details));
        return cells.stream().map(AuditText::cell).collect(Collectors.joining(","));
    }

    /** A spreadsheet runs what begins like a formula (OWASP, CSV injection; ASVS 5.0 V1.2.10). */
    private static String cell(String value) {
        String text = !value.isEmpty() && "=+-@\t\r\n\0".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static Map<String, String> details(StoredEvent event) {
        Map<String, String> details = new LinkedHashMap<>(event.fields());
        AuditStore.COLUMNS.forEach(details::remove);
        return details;
    }
}
