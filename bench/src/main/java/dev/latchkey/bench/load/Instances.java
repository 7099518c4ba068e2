package dev.latchkey.bench.load;

import dev.latchkey.bench.load.Scenarios.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Several instances of one issuer on one database, each in a process of its own. */
public final class Instances implements AutoCloseable {
    private static final int CONNECTIONS = 48;
    private static final List<Scenario> MEASURED = List.of(Scenario.CLIENT_CREDENTIALS, Scenario.REFRESH);
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final String ISSUER = """
        issuer: http://localhost:9000
        keys: {master-key: AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}
        """;

    private final Path work;
    private final List<ServerProcess> servers = new ArrayList<>();
    private final List<CpuShare> shares = new ArrayList<>();

    private Instances(Path work) {
        this.work = work;
    }

    /** Starts so many at a store, given as a configuration names it; they answer when this returns. */
    public static Instances start(Path launcher, String store, int number) throws IOException, InterruptedException {
        Instances instances = new Instances(Files.createTempDirectory("latchkey-bench"));
        Path configuration = instances.work.resolve("latchkey.yaml");
        Files.writeString(configuration, ISSUER + "store: " + store + "\n" + Scenarios.CONFIGURATION);
        for (int i = 0; i < number; i++) {
            List<String> command = List.of(
                    launcher.toString(),
                    "serve",
                    "--config",
                    configuration.toString(),
                    "--data",
                    instances.work.resolve("data" + i).toString(),
                    "--port",
                    "PORT");
            instances.servers.add(ServerProcess.start(
                    command, Map.of(), "/health/live", instances.work.resolve("server" + i + ".log")));
        }
        return instances;
    }

    /**
     * Loads all of them at once, with as many connections in all however many they are.
     *
     * @param share how much of a core each may use once they are warm; 0 for what they can get
     */
    public void measure(Report report, Duration warmUp, Duration measured, double share)
            throws IOException, InterruptedException, ExecutionException {
        for (Scenario scenario : MEASURED) {
            load(scenario, warmUp, Duration.ZERO);
        }
        if (share > 0) {
            for (ServerProcess server : servers) {
                shares.add(CpuShare.limit(server, share));
            }
        }
        for (Scenario scenario : MEASURED) {
            List<Measured> results = load(scenario, SETTLED, measured);
            Latencies latencies = new Latencies();
            results.forEach(result -> latencies.add(result.latencies()));
            report.line(
                    "%-24s %9d %7s %6d %10.0f %8.2f %8.2f %9d",
                    scenario.title,
                    servers.size(),
                    share > 0 ? Double.toString(share) : "shared",
                    CONNECTIONS,
                    results.stream().mapToDouble(Measured::perSecond).sum(),
                    Report.millis(latencies.quantile(0.5)),
                    Report.millis(latencies.quantile(0.99)),
                    results.stream().mapToLong(Measured::failures).sum());
        }
    }

    private List<Measured> load(Scenario scenario, Duration warmUp, Duration measured)
            throws IOException, InterruptedException, ExecutionException {
        List<List<Exchange>> exchanges = new ArrayList<>();
        for (ServerProcess server : servers) {
            exchanges.add(new Scenarios(server).exchanges(scenario, CONNECTIONS / servers.size()));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(servers.size())) {
            List<Future<Measured>> running = new ArrayList<>();
            for (int i = 0; i < servers.size(); i++) {
                ServerProcess server = servers.get(i);
                List<Exchange> own = exchanges.get(i);
                running.add(threads.submit(
                        () -> new LoadGenerator(server.address(), server::cpu).run(own, warmUp, measured)));
            }
            List<Measured> results = new ArrayList<>();
            for (Future<Measured> result : running) {
                results.add(result.get());
            }
            return results;
        }
    }

    @Override
    public void close() throws IOException {
        servers.forEach(ServerProcess::close);
        for (CpuShare share : shares) {
            share.close();
        }
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
