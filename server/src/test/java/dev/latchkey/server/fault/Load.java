package dev.latchkey.server.fault;

import dev.latchkey.server.fault.Operation.Kind;
import dev.latchkey.server.fault.Operation.Presented;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Clients at work on a site, and the history they make. Begin it, do harm with {@link #fault}, then {@link #end} it with a look
 * into the store, and have the {@link #history} judged. Used by one thread.
 */
final class Load implements AutoCloseable {
    private static final Duration LONGEST_END = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final History.Recorder recorder = new History.Recorder();
    private final List<FaultClient> clients = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean going = true;

    private Load(String url, List<String> servers, int users, long seed) {
        Random random = new Random(seed);
        PublicSite site = new PublicSite(url, servers, http);
        for (int i = 0; i < users; i++) {
            clients.add(new FaultClient(
                    new Requests(Requests.user(i), site, recorder), new Random(random.nextLong()), () -> going));
        }
    }

    /** Clients begin, one for each of that many users of {@link Requests#configuration}. */
    static Load begin(String url, int users, long seed) {
        return begin(url, List.of(), users, seed);
    }

    /** The same without a proxy: these servers are asked in turn in place of the address. */
    static Load begin(String url, List<String> servers, int users, long seed) {
        Load load = new Load(url, servers, users, seed);
        load.clients.forEach(client -> load.running.add(load.executor.submit(client::live)));
        return load;
    }

    /** Lets them work; fails when one of them has failed. */
    void work(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.sleep(Math.clamp((end - System.nanoTime()) / 1_000_000, 1, 200));
            for (Future<?> client : running) {
                if (client.isDone()) {
                    client.get();
                }
            }
        }
    }

    /** Notes that something is being done to the servers; the first one is the fault that times are measured from. */
    void fault(String what) {
        recorder.mark(what);
    }

    /**
     * Clients finish what they do, and refresh every session that they have kept.
     *
     * @param store is asked for every session that anybody was told of
     */
    void end(StoreLook store) throws Exception {
        going = false;
        await(running);
        long end = System.nanoTime() + LONGEST_END.toNanos();
        List<Future<?>> checks = new ArrayList<>();
        clients.forEach(client -> checks.add(executor.submit(() -> client.checkTheEnd(() -> System.nanoTime() < end))));
        await(checks);
        Set<String> sessions = recorder.history().operations().stream()
                .map(Operation::session)
                .filter(session -> !session.isEmpty())
                .collect(Collectors.toSet());
        Map<String, StoreLook.Stored> found = store.find(sessions);
        sessions.forEach(session -> recorder.record(
                "store",
                Kind.STORED,
                new Presented(session, 0),
                () -> stored(session, Optional.ofNullable(found.get(session)))));
    }

    private static Outcome stored(String session, Optional<StoreLook.Stored> found) {
        if (found.isEmpty()) {
            return new Outcome.Refused("missing");
        }
        return found.get().revoked()
                ? new Outcome.Refused("revoked")
                : new Outcome.Acknowledged(session, found.get().generation(), "");
    }

    private static void await(List<Future<?>> futures) throws Exception {
        for (Future<?> each : futures) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client of the test failed", e.getCause());
            }
        }
    }

    History history() {
        return recorder.history();
    }

    @Override
    public void close() {
        going = false;
        executor.shutdownNow();
        executor.close();
        http.shutdownNow();
        http.close();
    }
}
