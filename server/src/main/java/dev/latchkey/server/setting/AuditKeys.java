package dev.latchkey.server.setting;

import dev.latchkey.server.audit.AuditSettings;
import java.time.Duration;
import java.util.List;

/** The keys under {@code audit}. */
final class AuditKeys {
    static final Key<Duration> RETENTION = Key.of(
                    "audit.retention",
                    Types.duration("1d", "36500d"),
                    "How long an audit event is kept before the server removes it")
            .or("400d");
    static final Key<Boolean> EVERYTHING = Key.of(
                    "audit.everything",
                    Types.flag(),
                    "Keeps an event for every refresh and every token of a client, too: thousands a second under load,"
                            + " 200 bytes each")
            .or("false");
    static final Key<Integer> ERRORS_PER_MINUTE = Key.of(
                    "audit.errors-per-minute",
                    Types.whole(1, 1_000_000),
                    "How many refusals of a type are kept in a minute, so that a flood of them cannot fill the disk;"
                            + " the others are counted in one event")
            .or("100");

    static final List<Key<?>> ALL = List.of(RETENTION, EVERYTHING, ERRORS_PER_MINUTE);

    private AuditKeys() {}

    static AuditSettings read(Section section) {
        return new AuditSettings(section.get(RETENTION), section.get(EVERYTHING), section.get(ERRORS_PER_MINUTE));
    }
}
