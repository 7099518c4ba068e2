package dev.latchkey.server;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.audit.DurableAuditTrail;
import dev.latchkey.server.docs.DocsPage;
import dev.latchkey.server.health.LivenessEndpoint;
import dev.latchkey.server.health.ReadinessEndpoint;
import dev.latchkey.server.http.ErrorResponse;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.HttpServer;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.http.Router;
import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.metric.MetricsEndpoint;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.outbound.Resolver;
import dev.latchkey.server.password.HashQueue;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.session.ServiceTime;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.tls.PemException;
import dev.latchkey.server.tls.ServerTls;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A running server: one issuer behind one port, until it is closed. */
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TLS_RELOAD = Duration.ofSeconds(3);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HttpServer http;
    private final Issuer issuer;
    private final Timer timer;
    private final Served served;
    /** All that has to be closed, what was opened last first. */
    private final Deque<AutoCloseable> opened;

    private record Served(List<Route> routes, Optional<FirstUser> firstUser, Draining draining) {}

    private Server(HttpServer http, Issuer issuer, Timer timer, Served served, Deque<AutoCloseable> opened) {
        this.http = http;
        this.issuer = issuer;
        this.timer = timer;
        this.served = served;
        this.opened = opened;
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @throws IOException when a file cannot be read or written
     */
    public static Server start(Settings settings, InstantSource clock, SecureRandom random) throws IOException {
        ServerSettings.createFolder(settings.dataFolder());
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        return start(
                settings,
                telemetry -> open(opened, Database.open(settings.store(), clock, telemetry)),
                clock,
                random,
                opened);
    }

    /**
     * Starts a server on a database that somebody else opened and closes, in place of the one of the settings.
     *
     * @throws IOException when a file cannot be read or written
     */
    public static Server start(Settings settings, Database database, InstantSource clock, SecureRandom random)
            throws IOException {
        return start(settings, _ -> database, clock, random, new ArrayDeque<>());
    }

    private static Server start(
            Settings settings,
            Function<Telemetry, Database> store,
            InstantSource clock,
            SecureRandom random,
            Deque<AutoCloseable> opened)
            throws IOException {
        try {
            return begin(settings, store, clock, random, opened);
        } catch (IOException | RuntimeException e) {
            opened.forEach(Server::closeQuietly);
            throw e;
        }
    }

    private static Server begin(
            Settings settings,
            Function<Telemetry, Database> store,
            InstantSource clock,
            SecureRandom random,
            Deque<AutoCloseable> opened)
            throws IOException {
        // what takes longest goes on beside the opening of the store
        Thread.ofPlatform().name("crypto-warm-up").daemon().start(() -> Jwk.generate(Algorithm.ES256));
        // requests that come before there is an issuer are asked to come again
        AtomicReference<Handler> handler =
                new AtomicReference<>(_ -> ErrorResponse.of(OAuthError.temporarilyUnavailable(SECOND)));
        Optional<ServerTls> tls = tls(settings, clock, opened);
        Listening listening = open(
                opened,
                Listening.begin(
                        ServerSettings.http(settings, tls),
                        request -> handler.get().handle(request)));
        Telemetry telemetry = new Telemetry();
        Database database = store.apply(telemetry);
        HashQueue hashQueue = open(opened, new HashQueue(ServerSettings.hashQueue(settings), telemetry));
        telemetry.meters().gauge("hashes_running", "Password hashes that run", hashQueue::running);
        telemetry.meters().gauge("hashes_waiting", "Password hashes that wait for their turn", hashQueue::waiting);
        HttpServer http = listening.await();
        Stores stores = Stores.of(database);
        Outbound outbound = open(opened, new Outbound(settings.outbound(), Resolver.system(), clock));
        DurableAuditTrail audit = open(
                opened,
                new DurableAuditTrail(
                        telemetry,
                        new DurableAuditTrail.Keeping(stores.auditEvents(), stores.unitOfWork()),
                        settings.audit(),
                        clock));
        telemetry.meters().gauge("audit_events_waiting", "Audit events that wait to be kept", audit::waiting);
        Issuer.Parts parts = new Issuer.Parts(
                new MasterKey(ServerSettings.masterKey(settings, random), random),
                new PasswordHasher(settings.passwords().argon2(), hashQueue, random),
                ServerSettings.throttle(settings),
                audit,
                outbound,
                clock,
                random);
        Issuer issuer = Issuer.open(settings.issuerAt(http.port()), settings, stores, parts);
        open(opened, issuer.logoutDeliverer());
        Optional<FirstUser> firstUser = FirstUser.createWhereNone(stores, parts.hasher(), clock, random);
        ReadinessEndpoint readiness = readiness(issuer.serviceTime());
        List<Route> watched = watched(settings, telemetry, readiness);
        if (settings.managementPort().isPresent()) {
            int port = settings.managementPort().get();
            open(opened, HttpServer.start(ServerSettings.management(settings, port), new Router(watched, telemetry)));
        }
        Thread.ofVirtual().name("hash-warm-up").start(parts.hasher()::warm);
        Router router = new Router(routes(settings, issuer, watched), telemetry);
        handler.set(router);
        Timer timer = open(opened, new Timer());
        schedule(timer, database, issuer, audit);
        tls.ifPresent(files -> timer.every(TLS_RELOAD, "certificate reload", files::reload));
        Draining draining = new Draining(settings.limits().drainDelay(), readiness, http);
        return new Server(http, issuer, timer, new Served(router.routes(), firstUser, draining), opened);
    }

    private static Optional<ServerTls> tls(Settings settings, InstantSource clock, Deque<AutoCloseable> opened)
            throws IOException {
        if (settings.tls().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(opened, ServerTls.open(settings.tls().get(), clock)));
        } catch (PemException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ReadinessEndpoint readiness(ServiceTime serviceTime) {
        BooleanSupplier storeTakesAWrite = () -> {
            serviceTime.leaveSignOfLife();
            return true;
        };
        return new ReadinessEndpoint(storeTakesAWrite, System::nanoTime);
    }

    private static List<Route> watched(Settings settings, Telemetry telemetry, ReadinessEndpoint readiness) {
        return List.of(
                Route.get("/health/live", new LivenessEndpoint()),
                Route.get("/health/ready", readiness),
                Route.get("/metrics", new MetricsEndpoint(telemetry.meters(), settings.trustedProxies())));
    }

    /** All routes; with a port for those who watch, metrics are there and nowhere else. */
    private static List<Route> routes(Settings settings, Issuer issuer, List<Route> watched) {
        List<Route> routes = new ArrayList<>(issuer.routes());
        watched.stream()
                .filter(route ->
                        settings.managementPort().isEmpty() || !route.path().equals("/metrics"))
                .forEach(routes::add);
        Set<String> paths = routes.stream().map(Route::path).collect(Collectors.toSet());
        routes.addAll(new DocsPage(issuer.url(), paths::contains).routes());
        return routes;
    }

    private static <T extends AutoCloseable> T open(Deque<AutoCloseable> opened, T resource) {
        opened.push(resource);
        return resource;
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "could not close", e);
        }
    }

    private static void schedule(Timer timer, Database database, Issuer issuer, AuditTrail audit) {
        AtomicLong seen = new AtomicLong(database.changeCounter());
        timer.every(SECOND, "service time", issuer.serviceTime()::beat);
        timer.every(SECOND, "logout deliveries", issuer.logoutDeliverer()::wake);
        timer.every(SECOND, "epoch", issuer.epochs()::wake);
        timer.every(SECOND, "status lists", issuer.statusLists()::wake);
        timer.every(SECOND, "key reload", () -> {
            long counter = database.changeCounter();
            if (seen.get() != counter) {
                issuer.keys().reload();
                seen.set(counter); // only now: a reload that failed is tried again
            }
        });
        timer.every(
                MINUTE,
                "key rotation",
                () -> issuer.keys()
                        .rotateDue()
                        .forEach(keyId -> audit.record(
                                AuditEvent.of(AuditEvent.Type.KEY_ROTATION).with("kid", keyId))));
        timer.every(MINUTE, "housekeeping", issuer.housekeeping()::runWhereDue);
    }

    public int port() {
        return http.port();
    }

    public Issuer issuer() {
        return issuer;
    }

    /** Everything that is served at the port, for whoever describes it. */
    public List<Route> routes() {
        return served.routes();
    }

    /** The user that was made because there was none; known to this start only. */
    public Optional<FirstUser> firstUser() {
        return served.firstUser();
    }

    /** Does now what is done now and then, such as the rotation of keys that are due, and waits for it: for a turned clock. */
    public void catchUp() {
        timer.runAll();
    }

    /**
     * Says that it is not ready and goes on for the drain delay, then finishes the requests that run, within the drain time-out,
     * and lets go of everything.
     */
    @Override
    public void close() {
        if (opened.isEmpty()) {
            return; // it is closed
        }
        served.draining().await();
        http.close();
        closeQuietly(issuer.serviceTime()::beat);
        opened.forEach(Server::closeQuietly);
        opened.clear();
    }
}
