package dev.latchkey.bench.guard;

import dev.latchkey.bench.guard.ApiProgram.Kind;
import dev.latchkey.bench.load.Exchange;
import dev.latchkey.bench.load.LoadGenerator;
import dev.latchkey.bench.load.Machine;
import dev.latchkey.bench.load.Measured;
import dev.latchkey.bench.load.Report;
import dev.latchkey.bench.load.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run over all web servers. Each API has a process of its own: one that is open, and one that is guarded, which is asked
 * first with tokens that it has seen, then with a new one in each request.
 */
final class GuardedApis implements AutoCloseable {
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm");
    private static final String ROW = "%-46s %10s %6s %8s   %10s %6s %8s   %8s";
    private static final int NEW_TOKENS = 50_000;

    private final GuardOptions options;
    private final Report report = new Report(System.out);
    private final BenchIssuer issuer = new BenchIssuer();
    private final List<byte[]> pool;
    private final int[] nextOfPool = new int[1];
    private final Path log = Files.createTempFile("latchkey-bench-guard", ".log");

    private GuardedApis(GuardOptions options) throws IOException {
        this.options = options;
        this.pool = issuer.requests(NEW_TOKENS);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        GuardOptions options;
        try {
            options = GuardOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(GuardOptions.USAGE);
            System.exit(2);
            return;
        }
        try (GuardedApis run = new GuardedApis(options)) {
            run.run();
        }
    }

    private void run() throws IOException, InterruptedException {
        report.line("%s", Machine.describe());
        report.line(
                "times     %d s to warm up, then %d s measured, each cell; %d connections",
                options.warmUp().toSeconds(), options.measured().toSeconds(), options.connections());
        report.line("");
        report.line(ROW, "", "seen/s", "", "p99 ms", "new/s", "", "p99 ms", "failures");
        for (Kind kind : Kind.values()) {
            if (options.wants(kind.name())) {
                Measured open = row(kind.title + ", open", program(kind, false), 0);
                row("  guarded", program(kind, true), open.perSecond());
            }
        }
        if (options.wants("SPRING")) {
            spring();
        }
        report.write(options.results()
                .resolve("guard-" + LocalDateTime.now(ZoneOffset.UTC).format(FILE_TIME) + ".txt"));
    }

    /** The same application in each case; native stands for the native provider of cryptography. */
    private void spring() throws IOException, InterruptedException {
        double open = row("Spring Boot, open", boot("open"), 0).perSecond();
        row("  guarded", boot("guard"), open);
        row("  guarded, cryptography of the JDK", boot("guard", "-Ddev.latchkey.token.crypto=jdk"), open);
        row("  Spring Security's resource server", boot("resource-server"), open);
        row("  Spring Security's resource server, native", boot("resource-server-native"), open);
    }

    /** @param open what the open API answers; 0 if this is it */
    private Measured row(String title, List<String> command, double open) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(command, Map.of(), "/health", log)) {
            LoadGenerator generator = new LoadGenerator(server.address(), server::cpu);
            Measured seen = generator.run(seenTokens(), options.warmUp(), options.measured());
            Measured fresh = open == 0 ? null : generator.run(newTokens(), options.warmUp(), options.measured());
            long failures = seen.failures() + (fresh == null ? 0 : fresh.failures());
            report.line(
                    ROW,
                    title,
                    rate(seen),
                    share(seen, open),
                    slowest(seen),
                    rate(fresh),
                    share(fresh, open),
                    slowest(fresh),
                    failures);
            return seen;
        } catch (IOException | RuntimeException e) {
            System.err.println(Files.readString(log));
            throw e;
        }
    }

    private static String rate(@Nullable Measured measured) {
        return measured == null ? "" : String.format(Locale.ROOT, "%.0f", measured.perSecond());
    }

    private static String share(@Nullable Measured measured, double open) {
        return measured == null || open == 0
                ? ""
                : String.format(Locale.ROOT, "%.0f %%", 100 * measured.perSecond() / open);
    }

    private static String slowest(@Nullable Measured measured) {
        return measured == null
                ? ""
                : String.format(
                        Locale.ROOT, "%.2f", Report.millis(measured.latencies().quantile(0.99)));
    }

    private List<Exchange> seenTokens() {
        return IntStream.range(0, options.connections())
                .mapToObj(i -> Exchange.fixed(pool.get(i)))
                .toList();
    }

    private List<Exchange> newTokens() {
        return Collections.nCopies(options.connections(), new NewTokens(pool, nextOfPool));
    }

    private List<String> program(Kind kind, boolean guarded) {
        List<String> command = java(System.getProperty("java.class.path"));
        command.addAll(List.of(ApiProgram.class.getName(), kind.name(), "PORT"));
        if (guarded) {
            command.add(issuer.url());
        }
        return command;
    }

    private List<String> boot(String mode, String... flags) {
        List<String> command = java(options.bootClassPath(), flags);
        command.addAll(List.of("dev.latchkey.bench.boot.BootApi", mode, "PORT", issuer.url(), ApiProgram.AUDIENCE));
        return command;
    }

    private static List<String> java(String classPath, String... flags) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms256m",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dsun.net.httpserver.nodelay=true")); // else each answer waits for an acknowledgement, up to 40 ms
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    @Override
    public void close() throws IOException {
        issuer.close();
        Files.delete(log);
    }
}
