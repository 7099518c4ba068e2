package dev.latchkey.server.setting;

import java.util.List;

/** What reading a configuration came to. */
public sealed interface SettingsOutcome {
    /** Every value is good. */
    record Accepted(Settings settings) implements SettingsOutcome {}

    /**
     * The server must not start.
     *
     * @param problems all of them, in the order of the sources; at least one
     */
    record Refused(List<Problem> problems) implements SettingsOutcome {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
