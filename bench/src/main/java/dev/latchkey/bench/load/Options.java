package dev.latchkey.bench.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a run is to be done.
 *
 * @param launcher the program that starts the server
 * @param results the folder that the result is written to
 * @param warmUp of each scenario
 * @param measured of each scenario, after it
 * @param connections the numbers of connections that each scenario is run with
 * @param scenarios those to run
 * @param starts how many starts are timed
 */
record Options(
        Path launcher,
        Path results,
        Duration warmUp,
        Duration measured,
        List<Integer> connections,
        Set<Scenarios.Scenario> scenarios,
        int starts) {

    static final String USAGE = """
        bench/run [--warm-up SECONDS] [--measure SECONDS] [--connections N,N] [--scenarios NAME,NAME] [--starts N]
          scenarios: %s\
        """.formatted(names());

    /** Reads arguments: the launcher, the folder for results, then options. */
    static Options parse(String[] arguments) {
        Options options = new Options(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                List.of(32, 64),
                EnumSet.allOf(Scenarios.Scenario.class),
                5);
        for (int i = 2; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(USAGE);
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--warm-up" ->
                new Options(launcher, results, seconds(value), measured, connections, scenarios, starts);
            case "--measure" -> new Options(launcher, results, warmUp, seconds(value), connections, scenarios, starts);
            case "--connections" ->
                new Options(
                        launcher,
                        results,
                        warmUp,
                        measured,
                        Arrays.stream(value.split(",", -1))
                                .map(Integer::valueOf)
                                .toList(),
                        scenarios,
                        starts);
            case "--scenarios" ->
                new Options(launcher, results, warmUp, measured, connections, scenarios(value), starts);
            case "--starts" ->
                new Options(launcher, results, warmUp, measured, connections, scenarios, Integer.parseInt(value));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static Duration seconds(String value) {
        return Duration.ofSeconds(Long.parseLong(value));
    }

    private static Set<Scenarios.Scenario> scenarios(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(name -> Scenarios.Scenario.valueOf(
                        name.toUpperCase(java.util.Locale.ROOT).replace('-', '_')))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scenarios.Scenario.class)));
    }

    private static String names() {
        return Arrays.stream(Scenarios.Scenario.values())
                .map(scenario ->
                        scenario.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
