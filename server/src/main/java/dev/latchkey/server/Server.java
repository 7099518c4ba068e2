package dev.latchkey.server;

import dev.latchkey.server.http.ErrorResponse;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.HttpServer;
import dev.latchkey.server.http.RequestObserver;
import dev.latchkey.server.http.Router;
import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.password.HashQueue;
import dev.latchkey.server.password.HashQueueListener;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.SqliteDatabase;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreListener;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A running server: one issuer behind one port, until it is closed. */
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Resources resources;
    private final HttpServer http;
    private final Issuer issuer;
    private final Optional<FirstUser> firstUser;

    /** What a server holds beside its port. */
    private record Resources(Database database, HashQueue hashQueue, Timer timer) {}

    private Server(Resources resources, HttpServer http, Issuer issuer, Optional<FirstUser> firstUser) {
        this.resources = resources;
        this.http = http;
        this.issuer = issuer;
        this.firstUser = firstUser;
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @throws IOException when a file cannot be read or written
     */
    public static Server start(Settings settings, InstantSource clock, SecureRandom random) throws IOException {
        Files.createDirectories(settings.dataFolder());
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Resources resources = new Resources(
                    open(opened, SqliteDatabase.open(SqliteSettings.of(settings.store()), clock, StoreListener.NONE)),
                    open(opened, new HashQueue(ServerSettings.hashQueue(settings), HashQueueListener.NONE)),
                    open(opened, new Timer()));
            // requests that come before there is an issuer are asked to come again
            AtomicReference<Handler> handler =
                    new AtomicReference<>(_ -> ErrorResponse.of(OAuthError.temporarilyUnavailable(SECOND)));
            HttpServer http = open(
                    opened,
                    HttpServer.start(
                            ServerSettings.http(settings),
                            request -> handler.get().handle(request)));
            Stores stores = Stores.of(resources.database());
            Issuer.Parts parts = new Issuer.Parts(
                    new MasterKey(ServerSettings.masterKey(settings, random), random),
                    new PasswordHasher(settings.passwords().argon2(), resources.hashQueue(), random),
                    ServerSettings.throttle(settings),
                    _ -> {},
                    clock,
                    random);
            Issuer issuer = Issuer.open(settings.issuerAt(http.port()), settings, stores, parts);
            Optional<FirstUser> firstUser = FirstUser.createWhereNone(stores, parts.hasher(), clock, random);
            handler.set(new Router(issuer.routes(), RequestObserver.NONE));
            schedule(resources, issuer, new Housekeeping(stores, clock));
            return new Server(resources, http, issuer, firstUser);
        } catch (IOException | RuntimeException e) {
            opened.forEach(Server::closeQuietly);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T open(Deque<AutoCloseable> opened, T resource) {
        opened.push(resource);
        return resource;
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "could not close after a failed start", e);
        }
    }

    private static void schedule(Resources resources, Issuer issuer, Housekeeping housekeeping) {
        Timer timer = resources.timer();
        AtomicLong seen = new AtomicLong(resources.database().changeCounter());
        timer.every(SECOND, "service time", issuer.serviceTime()::beat);
        timer.every(SECOND, "key reload", () -> {
            long counter = resources.database().changeCounter();
            if (seen.getAndSet(counter) != counter) {
                issuer.keys().reload();
            }
        });
        timer.every(MINUTE, "key rotation", issuer.keys()::rotateDue);
        timer.every(MINUTE, "housekeeping", housekeeping::run);
    }

    public int port() {
        return http.port();
    }

    public Issuer issuer() {
        return issuer;
    }

    /** The user that was made because there was none; known to this start only. */
    public Optional<FirstUser> firstUser() {
        return firstUser;
    }

    /** Finishes the requests that run, within the drain time-out, and lets go of everything. */
    @Override
    public void close() {
        http.close();
        resources.timer().close();
        issuer.serviceTime().beat();
        resources.hashQueue().close();
        resources.database().close();
    }
}
