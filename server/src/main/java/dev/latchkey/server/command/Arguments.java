package dev.latchkey.server.command;

import dev.latchkey.server.setting.DurationText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What was typed, by type. */
final class Arguments {
    private final ParseResult parsed;

    Arguments(ParseResult parsed) {
        this.parsed = parsed;
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(parsed.<String>matchedOptionValue(option, null));
    }

    String text(String option, String otherwise) {
        return text(option).orElse(otherwise);
    }

    boolean flag(String option) {
        return parsed.hasMatchedOption(option);
    }

    List<String> all(String option) {
        return List.copyOf(parsed.matchedOptionValue(option, List.<String>of()));
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

    String positional() {
        return parsed.matchedPositionalValue(0, "");
    }
}
