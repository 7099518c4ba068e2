package dev.latchkey.server.command;

import dev.latchkey.server.setting.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a command is called and takes: its options and what stands without one. Immutable; each method gives a syntax with one
 * thing more. Options are {@code --name VALUE} or {@code --name=VALUE}, in any place; {@code --} ends them.
 *
 * @param name the last word of the command
 * @param description one sentence of help
 */
record Syntax(String name, String description, List<Option> options, List<Positional> positionals) {
    /**
     * An option.
     *
     * @param label what its value is called in help; empty for one without a value
     */
    record Option(String name, String label, boolean repeatable, String description) {
        String head() {
            return label.isEmpty() ? name : name + " " + label;
        }
    }

    /** A word without an option. */
    record Positional(String label, Occurs occurs, String description) {}

    /** How often a positional word may come. */
    enum Occurs {
        ONCE,
        AT_MOST_ONCE,
        ANY
    }

    static final String HELP = "--help";

    static Syntax of(String name, String description) {
        return new Syntax(name, description, List.of(), List.of()).flag(HELP, "Shows this help.");
    }

    /** An option with one value. */
    Syntax option(String option, String label, String meaning) {
        return with(new Option(option, label, false, meaning));
    }

    /** An option with a value that may come several times. */
    Syntax repeated(String option, String label, String meaning) {
        return with(new Option(option, label, true, meaning));
    }

    Syntax flag(String option, String meaning) {
        return with(new Option(option, "", false, meaning));
    }

    private Syntax with(Option option) {
        return new Syntax(
                name,
                description,
                Stream.concat(options.stream(), Stream.of(option)).toList(),
                positionals);
    }

    Syntax positional(String label, Occurs occurs, String meaning) {
        return new Syntax(name, description, options, List.of(new Positional(label, occurs, meaning)));
    }

    Syntax positional(String label, String meaning) {
        return positional(label, Occurs.ONCE, meaning);
    }

    /**
     * Reads what was typed after the command.
     *
     * @throws CommandException when it makes no sense; where help is asked for, it always does
     */
    Arguments parse(List<String> words) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        boolean optionsOver = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (optionsOver || !word.startsWith("-") || word.equals("-")) {
                others.add(word);
            } else if (word.equals("--")) {
                optionsOver = true;
            } else if (word.equals("-h") || word.equals(HELP)) {
                return new Arguments(Map.of(HELP, List.of()), List.of());
            } else {
                i += readOption(word, i + 1 < words.size() ? List.of(words.get(i + 1)) : List.of(), values);
            }
        }
        checkPositionals(others);
        return new Arguments(values, others);
    }

    /** Puts an option among the values; returns how many of the words that follow belong to it. */
    private int readOption(String word, List<String> next, Map<String, List<String>> values) {
        int equals = word.indexOf('=');
        Option option = find(equals < 0 ? word : word.substring(0, equals));
        List<String> given = values.computeIfAbsent(option.name(), _ -> new ArrayList<>());
        if (!given.isEmpty() && !option.repeatable()) {
            throw CommandException.usage(option.name() + " is given twice");
        }
        if (option.label().isEmpty()) {
            if (equals >= 0) {
                throw CommandException.usage(option.name() + " takes no value");
            }
            given.add("");
            return 0;
        }
        if (equals >= 0) {
            given.add(word.substring(equals + 1));
            return 0;
        }
        if (next.isEmpty() || options.stream().anyMatch(other -> other.name().equals(next.getFirst()))) {
            throw CommandException.usage(option.name() + " needs a value: " + option.head());
        }
        given.add(next.getFirst());
        return 1;
    }

    private Option find(String word) {
        return options.stream()
                .filter(option -> option.name().equals(word))
                .findFirst()
                .orElseThrow(() -> CommandException.usage("there is no option " + word + advice(word)));
    }

    private String advice(String word) {
        return Nearest.nearest(word, options.stream().map(Option::name).toList())
                .map(near -> "; did you mean " + near + "?")
                .or(() -> positionals.stream()
                        .filter(positional -> positional.occurs() != Occurs.ANY)
                        .findFirst()
                        .map(positional -> "; if it is the " + positional.label() + ", write -- before it"))
                .orElse("");
    }

    private void checkPositionals(List<String> words) {
        int most = positionals.isEmpty() ? 0 : positionals.getFirst().occurs() == Occurs.ANY ? words.size() : 1;
        if (words.size() > most) {
            throw CommandException.usage("cannot make sense of " + words.get(most));
        }
        if (words.isEmpty() && !positionals.isEmpty() && positionals.getFirst().occurs() == Occurs.ONCE) {
            throw CommandException.usage(positionals.getFirst().label() + " is missing");
        }
    }
}
