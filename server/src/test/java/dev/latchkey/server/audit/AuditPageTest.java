package dev.latchkey.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the reference page what the types say. Written anew as the one of the configuration is, with {@code -Dpage=write}. */
class AuditPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "audit.md");

    private static final String HEAD = """
        # Audit events

        What an operator, or a court, asks about afterwards is kept in the table `audit_events` of the store. The database itself
        refuses to change an event, and to remove one that is younger than the mark in `audit_removals`, which can only rise;
        the server raises it to what is older than `audit.retention`. This page is generated from the types; a test of the
        build fails when it is stale.

        `latchkey audit tail [--follow]` shows the events that were kept last, `latchkey audit export --since 2026-03-01 --until
        2026-04-01 --format csv` writes all of a time, both also while the server runs. `--type`, `--sub` and `--client` choose.
        Times are UTC. Whoever can write the file of the store can raise the mark or remove the triggers: send a copy elsewhere, as in
        `latchkey audit tail --follow --json | …`, where that matters.

        | kind | kept |
        |---|---|
        | change | every one |
        | error | `audit.errors-per-minute` of each type; the others are counted in one `events_omitted` |
        | routine | only with `audit.everything` |

        An event of a change that a command makes is kept in the commit of that change. Those of the running server are kept
        within about a tenth of a second unless they are part of a change; they wait in memory while the store takes nothing.
        Events have the fields below where they are known, and those made by a command `origin` and `os_user`, the name of
        the user who ran it. `sub`, `client_id`, `sid` and `address` are columns, all others are in `details`. No
        field holds a password, token or secret, and what was typed as a name at a refused login is not kept.

        """;

    private static String text() {
        StringBuilder page = new StringBuilder(HEAD).append("| type | kind | when | fields |\n|---|---|---|---|\n");
        for (AuditEvent.Type type : AuditEvent.Type.values()) {
            page.append("| `").append(type.code()).append("` | ");
            page.append(type.kind().name().toLowerCase(Locale.ROOT)).append(" | ");
            page.append(type.meaning()).append(" | ");
            page.append(
                    type.usualFields().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")));
            page.append(" |\n");
        }
        return page.toString();
    }

    @Test
    void theReferencePageIsWhatTheTypesSay() throws IOException {
        String expected = text();
        if ("write".equals(System.getProperty("page"))) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE)
                .as("stale: mvn -pl server -am test -Dtest=AuditPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dpage=write writes it")
                .content()
                .isEqualTo(expected);
    }

    @Test
    void noTypeOrFieldIsNamedTwice() {
        assertThat(AuditEvent.Type.values())
                .extracting(AuditEvent.Type::meaning)
                .doesNotHaveDuplicates()
                .allMatch(meaning -> !meaning.isBlank() && !meaning.endsWith("."));
        assertThat(AuditEvent.Type.values())
                .allSatisfy(type -> assertThat(type.usualFields())
                        .doesNotHaveDuplicates()
                        .allMatch(name -> name.matches("[a-z_]+")));
    }
}
