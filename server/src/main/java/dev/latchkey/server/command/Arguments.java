package dev.latchkey.server.command;

import dev.latchkey.server.setting.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed after a command.
 *
 * @param values by option; an option without a value has an empty text
 * @param positionals the words that belong to no option
 */
record Arguments(Map<String, List<String>> values, List<String> positionals) {
    Optional<String> text(String option) {
        return all(option).stream().findFirst();
    }

    String text(String option, String otherwise) {
        return text(option).orElse(otherwise);
    }

    boolean flag(String option) {
        return values.containsKey(option);
    }

    List<String> all(String option) {
        return values.getOrDefault(option, List.of());
    }

    /** The parts between commas. */
    List<String> list(String option) {
        return text(option).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    Optional<Duration> duration(String option) {
        return text(option)
                .map(text -> DurationText.parse(text)
                        .orElseThrow(() ->
                                CommandException.usage(option + " has to be a duration such as 90s, 15m, 12h or 30d")));
    }

    /** The first word without an option; empty if there is none. */
    String positional() {
        return positionals.isEmpty() ? "" : positionals.getFirst();
    }
}
