package dev.latchkey.bench.issuers;

import dev.latchkey.bench.load.Machine;
import dev.latchkey.bench.load.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints what a server with many issuers takes, each with a file of its own and one client. Run by {@code bench/run issuers}, with
 * the numbers of issuers as arguments.
 */
public final class IssuerFigures {
    private static final Duration IDLE = Duration.ofSeconds(15);
    /** Longer than an issuer stays open that nobody asks. */
    private static final Duration ASLEEP = Duration.ofSeconds(75);

    private static final int COLD = 50;
    private static final int CALLERS = 4;

    private final List<String> launcher;
    private final PrintStream out;
    private final HttpClient client = HttpClient.newHttpClient();

    private IssuerFigures(List<String> launcher, PrintStream out) {
        this.launcher = launcher;
        this.out = out;
    }

    /** Measures each number of issuers; the arguments are the launcher, then the numbers. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        List<String> launcher = List.of(arguments[0].split(" ", -1));
        IssuerFigures figures = new IssuerFigures(launcher, System.out);
        System.out.println(Machine.describe());
        List<Integer> numbers =
                Stream.of(arguments).skip(1).map(Integer::valueOf).toList();
        for (int issuers : numbers.isEmpty() ? List.of(10, 100, 1000) : numbers) {
            Path folder = Files.createTempDirectory("latchkey-issuers");
            try {
                figures.measure(issuers, folder);
            } finally {
                delete(folder);
            }
        }
    }

    private void measure(int issuers, Path folder) throws IOException, InterruptedException, ExecutionException {
        StringBuilder configuration = new StringBuilder("issuers:\n");
        IntStream.range(0, issuers)
                .forEach(i -> configuration
                        .append("  i")
                        .append(i)
                        .append(": {clients: [{client_id: service, client_secret: a-secret-of-no-worth-a-secret-0,")
                        .append(" grant_types: [client_credentials]}]}\n"));
        Path file = Files.writeString(folder.resolve("latchkey.yaml"), configuration);
        out.printf(Locale.ROOT, "%n%,d issuers%n", issuers);
        try (ServerProcess server = start(file, folder, 256)) {
            tell("first start", server);
            tellCold("  first request ever at an issuer", server, Math.min(COLD, issuers));
            long begun = System.nanoTime();
            askAll(server, issuers);
            out.printf(
                    Locale.ROOT, "  all asked once, %d callers %25.1f s%n", CALLERS, (System.nanoTime() - begun) / 1e9);
        }
        try (ServerProcess server = start(file, folder, 256)) {
            tell("later start", server);
            tellIdle("  idle, all closed", server);
            tellCold("  first request at a closed issuer", server, Math.min(COLD, issuers));
            tellCold("  the same again, now open", server, Math.min(COLD, issuers));
            askAll(server, issuers);
            tellIdle("  idle, 256 open at most", server);
            Thread.sleep(ASLEEP);
            tellIdle("  idle, closed again", server);
        }
        try (ServerProcess server = start(file, folder, issuers)) {
            tell("later start, all may be open", server);
            askAll(server, issuers);
            tellIdle("  idle, all open", server);
        }
    }

    private ServerProcess start(Path file, Path folder, int open) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("serve", "--config", file.toString(), "--port", "PORT"));
        command.addAll(List.of("--data", folder.resolve("data").toString(), "--set", "limits.open-issuers=" + open));
        return ServerProcess.start(command, Map.of(), "/health/live", folder.resolve("log"));
    }

    private void tell(String what, ServerProcess server) throws IOException {
        out.printf(
                Locale.ROOT,
                "%-44s %8d ms to the first answer, %d ms of a core, %4d MiB resident, %4d threads%n",
                what,
                server.firstAnswer().toMillis(),
                server.cpu().toMillis(),
                server.residentMib("VmRSS"),
                server.threads());
    }

    private void tellIdle(String what, ServerProcess server) throws IOException, InterruptedException {
        Duration before = server.cpu();
        Thread.sleep(IDLE);
        double share = (double) server.cpu().minus(before).toNanos() / IDLE.toNanos();
        out.printf(
                Locale.ROOT,
                "%-44s %8.1f %% of a core,      %4d MiB resident, %4d threads%n",
                what,
                share * 100,
                server.residentMib("VmRSS"),
                server.threads());
    }

    private void tellCold(String what, ServerProcess server, int issuers) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        Duration before = server.cpu();
        for (int i = 0; i < issuers; i++) {
            long begun = System.nanoTime();
            ask(server, issuers - 1 - i);
            millis.add((System.nanoTime() - begun) / 1e6);
        }
        millis.sort(Comparator.naturalOrder());
        out.printf(
                Locale.ROOT,
                "%-44s %8.1f ms p50, %.1f ms at most, of %d; %.1f ms of a core each%n",
                what,
                millis.get(millis.size() / 2),
                millis.getLast(),
                millis.size(),
                (double) server.cpu().minus(before).toMillis() / issuers);
    }

    private void askAll(ServerProcess server, int issuers) throws InterruptedException, ExecutionException {
        List<Callable<Boolean>> requests = new ArrayList<>();
        for (int i = 0; i < issuers; i++) {
            int issuer = i;
            requests.add(() -> {
                ask(server, issuer);
                return true;
            });
        }
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            for (Future<Boolean> answered : callers.invokeAll(requests)) {
                answered.get();
            }
        }
    }

    private void ask(ServerProcess server, int issuer) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/i" + issuer + "/jwks");
        int status = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
        if (status != 200) {
            throw new IOException(uri + " was answered by " + status);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
