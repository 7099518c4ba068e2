package dev.latchkey.bench.guard;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a run is to be done.
 *
 * @param results the folder that the result is written to
 * @param bootClassPath of the programs on Spring Boot
 * @param warmUp of each cell
 * @param measured of each cell, after it
 * @param connections each with one request at a time
 * @param servers those to run; all if it is empty
 */
record GuardOptions(
        Path results, String bootClassPath, Duration warmUp, Duration measured, int connections, List<String> servers) {

    static final String USAGE = """
        bench/run guard [--warm-up SECONDS] [--measure SECONDS] [--connections N] [--servers NAME,NAME]
          servers: jdk, servlet, helidon, javalin, jersey, spring\
        """;

    /** Reads arguments: the folder for results, the class path for Spring Boot, then options. */
    static GuardOptions parse(String[] arguments) {
        GuardOptions options = new GuardOptions(
                Path.of(arguments[0]), arguments[1], Duration.ofSeconds(6), Duration.ofSeconds(5), 32, List.of());
        for (int i = 2; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(USAGE);
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private GuardOptions with(String name, String value) {
        return switch (name) {
            case "--warm-up" ->
                new GuardOptions(results, bootClassPath, seconds(value), measured, connections, servers);
            case "--measure" -> new GuardOptions(results, bootClassPath, warmUp, seconds(value), connections, servers);
            case "--connections" ->
                new GuardOptions(results, bootClassPath, warmUp, measured, Integer.parseInt(value), servers);
            case "--servers" -> {
                List<String> names =
                        Arrays.asList(value.toUpperCase(Locale.ROOT).split(",", -1));
                yield new GuardOptions(results, bootClassPath, warmUp, measured, connections, names);
            }
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static Duration seconds(String value) {
        return Duration.ofSeconds(Long.parseLong(value));
    }

    boolean wants(String server) {
        return servers.isEmpty() || servers.contains(server);
    }
}
