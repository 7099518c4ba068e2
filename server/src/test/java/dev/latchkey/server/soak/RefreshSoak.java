package dev.latchkey.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.session.Session;
import dev.latchkey.server.sql.SqlSessionStore;
import dev.latchkey.server.sql.SqliteDatabase;
import dev.latchkey.server.sql.SqliteSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Clients that refresh without a pause, on a server that is killed again and again. After each restart, and before any client
 * may go on, the store is asked whether it has every rotation that was acknowledged.
 */
final class RefreshSoak {
    private static final long MAX_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long LONGEST_START_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private final Plan plan;
    private final PrintStream out;
    private final Random random;
    private final ServerProcess server;
    private final Gate gate = new Gate();
    private final Tally tally = new Tally();
    private int kills;

    /**
     * What is to be done.
     *
     * @param rotations how many, of all clients together
     * @param kills how often the server is killed while clients refresh
     * @param killsAtStart how many of the restarts are killed as well
     * @param clients how many refresh at once
     * @param seed of everything that is random here
     */
    record Plan(long rotations, int kills, int killsAtStart, int clients, long seed) {}

    private RefreshSoak(Plan plan, Path folder, PrintStream out) throws IOException {
        this.plan = plan;
        this.out = out;
        this.random = new Random(plan.seed());
        this.server = ServerProcess.onSqlite(folder);
    }

    /** Runs the plan in an empty folder; an {@link AssertionError} is what it looked for. */
    static Tally run(Plan plan, Path folder, PrintStream out) throws Exception {
        out.println("soak: " + plan);
        RefreshSoak soak = new RefreshSoak(plan, folder, out);
        try (ServerProcess _ = soak.server) {
            soak.run();
        }
        return soak.tally;
    }

    private void run() throws Exception {
        long begin = System.nanoTime();
        server.start();
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<RotatingClient> clients = IntStream.range(0, plan.clients())
                    .mapToObj(_ -> new RotatingClient(http, server.url(), gate, tally, new Random(random.nextLong())))
                    .toList();
            inParallel(executor, clients, RotatingClient::login);
            List<Future<?>> running = clients.stream()
                    .<Future<?>>map(client -> executor.submit(() -> client.rotateUntil(this::enough)))
                    .toList();
            try {
                for (int kill = 0; kill < plan.kills(); kill++) {
                    awaitRotations(moment(kill), running);
                    killAndRestart(clients);
                }
                awaitAll(running);
            } finally {
                running.forEach(client -> client.cancel(true));
                gate.open();
            }
            inParallel(executor, clients, RotatingClient::checkTheEnd);
            print(Duration.ofNanos(System.nanoTime() - begin));
        }
        assertThat(server.log().lines())
                .as("the server's log; a 503 of a disk that stood still is none of the server's failures")
                .noneMatch(line -> line.contains("request_failed") && !line.contains("the store is too far behind"));
    }

    private boolean enough() {
        return tally.rotations.get() >= plan.rotations();
    }

    /** After how many rotations the server is killed: somewhere in the share of that kill. */
    private long moment(int kill) {
        return (long) (plan.rotations() * (kill + random.nextDouble()) / (plan.kills() + 1));
    }

    private void awaitRotations(long number, List<Future<?>> running) throws Exception {
        while (tally.rotations.get() < number) {
            if (running.stream().anyMatch(Future::isDone)) {
                awaitAll(running);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        LockSupport.parkNanos(random.nextLong(MAX_DELAY_NANOS));
    }

    private void killAndRestart(List<RotatingClient> clients) throws Exception {
        server.kill();
        gate.close();
        kills++;
        if (kills <= plan.killsAtStart()) {
            server.launch();
            LockSupport.parkNanos(random.nextLong(LONGEST_START_NANOS));
            server.kill();
        }
        List<Held> acknowledged = clients.stream().map(RotatingClient::held).toList();
        server.start();
        assertThatTheStoreHas(acknowledged);
        gate.open();
    }

    /** The server makes up for a rotation that its store has lost, so clients would never notice; the store says it. */
    private void assertThatTheStoreHas(List<Held> acknowledged) {
        try (SqliteDatabase database =
                SqliteDatabase.open(SqliteSettings.of(server.store()), InstantSource.system(), _ -> {})) {
            SqlSessionStore sessions = new SqlSessionStore(database);
            for (Held held : acknowledged) {
                Session session = sessions.find(held.session()).orElseThrow();
                assertThat(session.revokedAt()).as("nobody is logged out").isEmpty();
                assertThat(session.generation())
                        .as("an acknowledged rotation is stored")
                        .isBetween(held.generation(), held.generation() + 1);
            }
        }
    }

    private interface Step {
        void of(RotatingClient client);
    }

    private static void inParallel(ExecutorService executor, List<RotatingClient> clients, Step step) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        clients.forEach(client -> running.add(executor.submit(() -> step.of(client))));
        awaitAll(running);
    }

    private static void awaitAll(List<Future<?>> running) throws Exception {
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AssertionError error) {
                    throw error;
                }
                throw e;
            }
        }
    }

    private void print(Duration took) {
        out.println("soak: " + tally.rotations + " rotations of " + plan.clients() + " sessions, " + kills
                + " kills while clients refreshed and " + plan.killsAtStart() + " while the server started");
        out.println("soak: " + tally.unanswered + " requests sent again without an answer, " + tally.unavailable
                + " after a 503, " + tally.repeated + " repeated after an answer, " + tally.raced
                + " sent twice at once");
        out.println("soak: nobody logged out, no token in two chains, no acknowledged rotation lost; "
                + tally.replaysRefused + " replays refused at the end; " + took.toSeconds() + " s");
    }
}
