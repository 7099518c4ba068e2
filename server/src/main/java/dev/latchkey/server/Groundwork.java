package dev.latchkey.server;

import dev.latchkey.server.health.LivenessEndpoint;
import dev.latchkey.server.health.ReadinessEndpoint;
import dev.latchkey.server.http.ErrorResponse;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.HttpServer;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.http.Router;
import dev.latchkey.server.metric.MetricsEndpoint;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.outbound.Resolver;
import dev.latchkey.server.password.HashQueue;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.tls.PemException;
import dev.latchkey.server.tls.ServerTls;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * What a process has whoever it works for: the port it listens at, TLS, the hashing of passwords, the client for URLs of others,
 * meters, health. Listening begins on a thread of its own, beside what is opened next.
 */
final class Groundwork {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TLS_RELOAD = Duration.ofSeconds(3);

    private final Settings settings;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Opened opened;
    private final Telemetry telemetry = new Telemetry();
    /** Requests that come before there is an issuer are asked to come again. */
    private final AtomicReference<Handler> handler =
            new AtomicReference<>(_ -> ErrorResponse.of(OAuthError.temporarilyUnavailable(SECOND)));

    private final AtomicReference<BooleanSupplier> takesAWrite = new AtomicReference<>(() -> false);
    private final ReadinessEndpoint readiness =
            new ReadinessEndpoint(() -> takesAWrite.get().getAsBoolean(), System::nanoTime);
    private final Optional<ServerTls> tls;
    private final Listening listening;
    private final PasswordHasher hasher;
    private final Outbound outbound;
    private final List<Route> watched;

    private Groundwork(Settings settings, InstantSource clock, SecureRandom random, Opened opened) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.opened = opened;
        this.tls = tls(settings, clock, opened);
        this.listening = opened.add(Listening.begin(
                ServerSettings.http(settings, tls), request -> handler.get().handle(request)));
        HashQueue hashQueue = opened.add(new HashQueue(ServerSettings.hashQueue(settings), telemetry));
        telemetry.meters().gauge("hashes_running", "Password hashes that run", hashQueue::running);
        telemetry.meters().gauge("hashes_waiting", "Password hashes that wait for their turn", hashQueue::waiting);
        this.hasher = new PasswordHasher(settings.passwords().argon2(), hashQueue, random);
        this.outbound = opened.add(new Outbound(settings.outbound(), Resolver.system(), clock));
        this.watched = List.of(
                Route.get("/health/live", new LivenessEndpoint()),
                Route.get("/health/ready", readiness),
                Route.get("/metrics", new MetricsEndpoint(telemetry.meters(), settings.trustedProxies())));
    }

    /**
     * Begins.
     *
     * @param opened takes what has to be closed, also when this fails
     * @throws IOException when a file cannot be read
     */
    static Groundwork begin(Settings settings, InstantSource clock, SecureRandom random, Opened opened)
            throws IOException {
        // what takes longest goes on beside the opening of the store
        Thread.ofPlatform().name("crypto-warm-up").daemon().start(() -> Jwk.generate(Algorithm.ES256));
        return new Groundwork(settings, clock, random, opened);
    }

    private static Optional<ServerTls> tls(Settings settings, InstantSource clock, Opened opened) throws IOException {
        if (settings.tls().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(opened.add(ServerTls.open(settings.tls().get(), clock)));
        } catch (PemException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Gives requests to the issuers, from now on. */
    Draining serve(Tenancy tenancy, Timer timer) {
        takesAWrite.set(tenancy::takesAWrite);
        if (settings.managementPort().isPresent()) {
            int port = settings.managementPort().get();
            opened.add(HttpServer.start(ServerSettings.management(settings, port), new Router(watched, telemetry)));
        }
        Thread.ofVirtual().name("hash-warm-up").start(hasher::warm);
        handler.set(tenancy.handler());
        tenancy.begin(timer);
        tls.ifPresent(files -> timer.every(TLS_RELOAD, "certificate reload", files::reload));
        return new Draining(settings.limits().drainDelay(), readiness, http());
    }

    /** Health and metrics; with a port for those who watch, metrics are there and nowhere else. */
    List<Route> publicWatched() {
        return watched.stream()
                .filter(route ->
                        settings.managementPort().isEmpty() || !route.path().equals("/metrics"))
                .toList();
    }

    /** The web server; waits until it listens. */
    HttpServer http() {
        return listening.await();
    }

    Telemetry telemetry() {
        return telemetry;
    }

    PasswordHasher hasher() {
        return hasher;
    }

    Outbound outbound() {
        return outbound;
    }

    InstantSource clock() {
        return clock;
    }

    SecureRandom random() {
        return random;
    }

    /** Takes what has to be closed. */
    Opened opened() {
        return opened;
    }
}
