package dev.latchkey.bench.load;

import dev.latchkey.bench.load.Scenarios.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One whole run: the limits, the start, every scenario, the memory. All in one run on one machine, because only ratios
 * within a run mean something.
 */
final class Benchmark {
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm");
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Options options;
    private final Path work;
    private final Report report = new Report(System.out);

    private double signing;
    private double hashing;
    private final Map<Integer, Double> rotations = new HashMap<>();
    private final Map<Integer, Double> plainHttp = new HashMap<>();

    private Benchmark(Options options, Path work) {
        this.options = options;
        this.work = work;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("latchkey-bench");
        try {
            new Benchmark(Options.parse(arguments), work).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } finally {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        Files.writeString(work.resolve("latchkey.yaml"), Scenarios.CONFIGURATION);
        report.line("%s", Machine.describe());
        report.line(
                "times     %d s to warm up, then %d s measured, each scenario",
                options.warmUp().toSeconds(), options.measured().toSeconds());
        report.line("");
        limits();
        starts();
        report.line("");
        report.tableHead();
        fixedAnswers();
        server();
        report.write(options.results().resolve(LocalDateTime.now(ZoneOffset.UTC).format(FILE_TIME) + ".txt"));
    }

    private void limits() throws InterruptedException {
        Limits limits =
                new Limits(options.warmUp().dividedBy(4), options.measured().dividedBy(2));
        signing = limits.signing();
        report.line("ES256 signatures, bare, native, all cores   %8.0f/s", signing);
        if (options.scenarios().contains(Scenario.LOGIN)) {
            hashing = limits.hashing();
            report.line("Argon2id checks, bare, native, all cores    %8.1f/s", hashing);
        }
        if (options.scenarios().contains(Scenario.REFRESH)) {
            for (int callers : options.connections()) {
                double rate = new StoreLimit(work.resolve("store-" + callers + ".db"))
                        .rotations(callers, options.warmUp().dividedBy(2), options.measured());
                rotations.put(callers, rate);
                report.line("rotations by the store alone, %3d callers   %8.0f/s", callers, rate);
            }
        }
    }

    private void starts() throws IOException, InterruptedException {
        if (options.starts() == 0) {
            return;
        }
        try (ServerProcess first = latchkey(Map.of())) { // builds what is missing, makes the data folder
            report.line("first start with its set-up                  %7.0f ms", Report.millis(first.firstAnswer()));
        }
        report.line("start to first answer, AOT cache             %7.0f ms", Report.millis(start(Map.of())));
        report.line(
                "start to first answer, without it            %7.0f ms",
                Report.millis(start(Map.of("LATCHKEY_JAVA_OPTS", "-XX:AOTMode=off"))));
    }

    /** The median of some starts on a data folder that is there already. */
    private Duration start(Map<String, String> environment) throws IOException, InterruptedException {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < options.starts(); i++) {
            try (ServerProcess server = latchkey(environment)) {
                times.add(server.firstAnswer());
            }
        }
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    private ServerProcess latchkey(Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = List.of(
                options.launcher().toString(),
                "serve",
                "--config",
                work.resolve("latchkey.yaml").toString(),
                "--data",
                work.resolve("data").toString(),
                "--port",
                "PORT");
        return ServerProcess.start(command, environment, "/health/live", work.resolve("server.log"));
    }

    /** What is left when nothing is done: the load generator over bare sockets, and the web server with a fixed answer. */
    private void fixedAnswers() throws IOException, InterruptedException {
        fixedAnswer("load generator's ceiling", SocketServer.class);
        fixedAnswer("bare Helidon, fixed answer", PlainServer.class);
    }

    private void fixedAnswer(String name, Class<?> program) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                "PORT");
        try (ServerProcess server = ServerProcess.start(command, Map.of(), "/", work.resolve("fixed.log"))) {
            for (int connections : options.connections()) {
                Exchange exchange = Exchange.fixed(Exchange.get("/", Map.of()));
                Measured measured = new LoadGenerator(server.address(), server::cpu)
                        .run(
                                Collections.nCopies(connections, exchange),
                                options.warmUp().dividedBy(2),
                                options.measured());
                report.row(name, connections, measured, 0);
                if (program == PlainServer.class) {
                    plainHttp.put(connections, measured.perSecond());
                }
            }
        }
    }

    private void server() throws IOException, InterruptedException {
        try (ServerProcess server = latchkey(Map.of())) {
            Thread.sleep(QUIET);
            long idle = server.residentMib("VmRSS");
            for (Scenario scenario : options.scenarios()) {
                for (int connections : options.connections()) {
                    scenario(server, scenario, connections);
                }
            }
            report.line("");
            report.line(
                    "resident memory   %d MiB idle after the start, %d MiB at most", idle, server.residentMib("VmHWM"));
            report.line("heap              %s", heap(server));
        } catch (IOException e) {
            System.err.println(Files.readString(work.resolve("server.log")));
            throw e;
        }
    }

    private void scenario(ServerProcess server, Scenario scenario, int connections)
            throws IOException, InterruptedException {
        Scenarios scenarios = new Scenarios(server);
        List<Exchange> exchanges = scenarios.exchanges(scenario, connections);
        LoadGenerator generator = new LoadGenerator(server.address(), server::cpu);
        if (scenario != Scenario.LOGIN) {
            Measured measured = generator.run(exchanges, options.warmUp(), options.measured());
            report.row(scenario.title, connections, measured, limit(scenario, connections));
            if (scenario == Scenario.PLAIN_HTTP) { // the limit is what is fastest, and that may be ours
                plainHttp.merge(connections, measured.perSecond(), Math::max);
            }
            return;
        }
        Measured measured = generator.run(exchanges, options.warmUp(), options.measured());
        report.row(scenario.title, connections, measured, hashing);
        try (Probe probe = new Probe(server.address(), scenarios.usersMe())) {
            probe.count();
            Measured again = generator.run(exchanges, Duration.ZERO, options.measured());
            Latencies others = probe.end();
            report.row("  with /users/me beside it", connections, again, hashing);
            report.line(
                    "  /users/me beside it: %d answers, p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                    others.total(),
                    Report.millis(others.quantile(0.5)),
                    Report.millis(others.quantile(0.99)),
                    Report.millis(others.max()));
        }
    }

    /** Answers a second if the server added nothing to its dearest part; DESIGN §8. */
    private double limit(Scenario scenario, int connections) {
        double http = plainHttp.getOrDefault(connections, 0.0);
        return switch (scenario) {
            case PLAIN_HTTP, INTROSPECTION, USERS_ME, USER_INFO, DISCOVERY -> http;
            case CLIENT_CREDENTIALS -> 1 / (1 / http + 1 / signing);
            case REFRESH -> rotations.getOrDefault(connections, 0.0);
            case CODE_FLOW -> 1 / (3 / http + 2 / signing); // three requests, access token and ID token
            case LOGIN -> hashing;
        };
    }

    /** Heap in use after a full collection and what the JVM has of it, in its own words. */
    private String heap(ServerProcess server) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return "unknown: no jcmd";
        }
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(server.pid()), "GC.heap_info")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines()
                .filter(line -> line.contains("total") && line.contains("used"))
                .map(String::strip)
                .reduce((one, other) -> one + "; " + other)
                .orElse("unknown");
    }
}
