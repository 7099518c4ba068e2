package dev.latchkey.server;

import dev.latchkey.server.docs.DocsFiles;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.http.Router;
import dev.latchkey.server.metric.Meters;
import dev.latchkey.server.setting.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The issuers of a process with many. Keeps those open that are used, up to a number, and goes round all of them, so that what
 * has a time of its own (retention, the rotation of keys, logouts to be told) does not wait for somebody to come. Nothing else
 * runs for an issuer that is closed. Safe for use by many threads.
 */
final class Issuers implements Tenancy {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(8);
    private static final Duration ROOM_PATIENCE = Duration.ofSeconds(1);
    private static final Duration THREAD_REST = Duration.ofSeconds(10);
    private static final int THREADS = 8;
    private static final int MAX_WAITING = 1000;
    /** Of the places for requests, what one issuer can take from the others. */
    private static final int SHARE = 4;
    /** How many stores are asked before the process is said not to be ready. */
    private static final int ASKED = 3;

    private final Map<String, HostedIssuer> byName = new LinkedHashMap<>();
    private final int most;
    private final OpenIssuer.Shared shared;
    private final ThreadPoolExecutor openers;
    /** Makes room. As many threads as stores that are held: those that hang in a closing keep no other from being closed. */
    private final ThreadPoolExecutor closers;

    private final Router process;
    private final IssuerRouter router;
    private final IssuerRounds rounds;
    private final Timer roundsTimer = new Timer("latchkey-issuer-rounds");

    private Issuers(Settings settings, Groundwork ground) {
        this.most = settings.hosting().open();
        this.shared = new OpenIssuer.Shared(
                ground.telemetry(),
                ground.hasher(),
                ground.outbound(),
                new DocsFiles(),
                ground.clock(),
                ground.random());
        this.openers = threads("latchkey-opener-", MAX_WAITING);
        StoreRoom room = new StoreRoom(most, ROOM_PATIENCE);
        this.closers = new ThreadPoolExecutor(
                0,
                room.size(),
                THREAD_REST.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                factory("latchkey-closer-"));
        HostedIssuer.Opening opening = new HostedIssuer.Opening(
                openers, Math.max(SHARE, settings.limits().requests() / SHARE), room, this::makeRoomSoon);
        settings.hosting().issuers().forEach((name, issuer) -> {
            String url = settings.issuerAt(ground.http().port(), name);
            HostedIssuer hosted = new HostedIssuer(name, url, issuer, shared, opening);
            byName.put(name, hosted);
        });
        this.rounds = new IssuerRounds(all(), room, ground.clock());
        this.process = new Router(ground.publicWatched(), ground.telemetry());
        this.router = new IssuerRouter(process, all());
    }

    private static ThreadPoolExecutor threads(String name, int mostWaiting) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                THREAD_REST.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(mostWaiting),
                factory(name));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static ThreadFactory factory(String name) {
        return Thread.ofPlatform().daemon().name(name, 0).factory();
    }

    /**
     * Opens none of them yet.
     *
     * @throws IOException when the master key that they have in common can neither be read nor made
     */
    static Issuers open(Settings settings, Groundwork ground) throws IOException {
        byte[] _ = ServerSettings.masterKey(settings, ground.random());
        return new Issuers(settings, ground);
    }

    @Override
    public Handler handler() {
        return router;
    }

    @Override
    public List<Route> routes() {
        return process.routes();
    }

    @Override
    public Optional<Issuer> issuer() {
        return Optional.empty();
    }

    @Override
    public Optional<FirstUser> firstUser() {
        return Optional.empty();
    }

    @Override
    public void begin(Timer timer) {
        Meters meters = shared.telemetry().meters();
        meters.gauge("issuers", "Issuers of this process", byName::size);
        meters.gauge(
                "issuers_open",
                "Issuers that are open",
                () -> count(all().stream().filter(HostedIssuer::isOpen).count()));
        meters.gauge(
                "issuers_closing",
                "Issuers whose store has not been let go of yet",
                () -> count(all().stream().filter(HostedIssuer::isClosing).count()));
        meters.gauge(
                "issuers_failing",
                "Issuers that could not be opened when it was last tried",
                () -> count(all().stream().filter(HostedIssuer::isFailing).count()));
        timer.every(SECOND, "issuers", () -> all().forEach(HostedIssuer::tick));
        roundsTimer.every(SECOND, "issuer round", rounds::goOn);
    }

    private static double count(long number) {
        return number;
    }

    Collection<HostedIssuer> all() {
        return byName.values();
    }

    /** The issuer of the name. */
    HostedIssuer named(String name) {
        HostedIssuer issuer = byName.get(name);
        if (issuer == null) {
            throw new IllegalArgumentException("no issuer has this name");
        }
        return issuer;
    }

    private void makeRoomSoon(HostedIssuer newest) {
        try {
            closers.execute(() -> makeRoom(newest));
        } catch (RejectedExecutionException _) {
            // the server stops, or as many are being closed as hold a store
        }
    }

    /** Closes what was used longest ago where too many are open; those that are busy stay, those that hang do not count. */
    private void makeRoom(HostedIssuer newest) {
        List<HostedIssuer> open = all().stream()
                .filter(issuer -> issuer.isOpen() && !issuer.equals(newest))
                .sorted(Comparator.comparing(HostedIssuer::lastUsed))
                .toList();
        int tooMany = open.size() + 1 - most;
        for (int i = 0; i < open.size() && tooMany > 0; i++) {
            if (open.get(i).closeIfFree()) {
                tooMany--;
            }
        }
    }

    /**
     * Whether a request has a chance: the stores used last are asked, all at once, since one may hang, and one that takes a write is
     * enough.
     */
    @Override
    public boolean takesAWrite() {
        List<HostedIssuer> asked = all().stream()
                .sorted(Comparator.comparing(HostedIssuer::isFailing)
                        .thenComparing(HostedIssuer::lastUsed, Comparator.reverseOrder()))
                .limit(ASKED)
                .toList();
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(asked.size());
        asked.forEach(issuer -> Thread.ofVirtual().name("readiness").start(() -> {
            if (issuer.takesAWrite()) {
                answer.complete(true);
            } else if (left.decrementAndGet() == 0) {
                answer.complete(false);
            }
        }));
        return answer.join();
    }

    /** Does now what is done now and then, for those that are open. */
    @Override
    public void catchUp() {
        all().forEach(HostedIssuer::catchUp);
    }

    /** Closes all that are open. Requests have ended by then. */
    @Override
    public void close() {
        all().forEach(HostedIssuer::stopKeepingHouse);
        roundsTimer.close();
        endSoon(openers); // what is just being opened would stay open for nobody
        endSoon(closers);
        ThreadPoolExecutor last = threads("latchkey-closer-", Integer.MAX_VALUE); // all of them, however many are open
        all().stream().filter(issuer -> !issuer.isAtRest()).forEach(issuer -> last.execute(issuer::shutDown));
        endSoon(last);
    }

    private static void endSoon(ThreadPoolExecutor threads) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
