package dev.latchkey.server;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.DurableAuditTrail;
import dev.latchkey.server.docs.DocsFiles;
import dev.latchkey.server.docs.DocsPage;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.http.Router;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.sql.Database;
import dev.latchkey.server.sql.PostgresSettings;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** One of many issuers while it is open: its store, its audit trail, its keys, its routes. Safe for use by many threads. */
final class OpenIssuer implements Handler, AutoCloseable {
    /** How often a store looks for changes by others when it has nothing to do: many stores look, and nobody waits for it. */
    private static final Duration IDLE_CHECK = Duration.ofSeconds(1);

    private static final int READERS = 2;
    /** As long as a logout is told: until then there may be something to tell. */
    private static final Duration TELLING = Duration.ofHours(2);

    private final Issuer issuer;
    private final Stores stores;
    private final Database database;
    private final Router router;
    private final DurableAuditTrail audit;
    private final AtomicLong seenChanges;
    private final Housekeeping housekeeping;
    private final Opened opened;

    /**
     * What the issuers of a process share.
     *
     * @param telemetry takes what is logged and counted, of all together
     * @param hasher of passwords, one after the other for all
     * @param outbound asks URLs that clients named
     * @param docs the files of the page that shows the API
     * @param clock tells the time
     * @param random a strong source
     */
    record Shared(
            Telemetry telemetry,
            PasswordHasher hasher,
            Outbound outbound,
            DocsFiles docs,
            InstantSource clock,
            SecureRandom random) {}

    private OpenIssuer(
            Issuer issuer, Stores stores, Database database, Router router, DurableAuditTrail audit, Opened opened) {
        this.issuer = issuer;
        this.stores = stores;
        this.database = database;
        this.router = router;
        this.audit = audit;
        this.seenChanges = new AtomicLong(database.changeCounter());
        this.housekeeping = issuer.housekeeping();
        this.opened = opened;
    }

    /**
     * Opens the store and what is on it: creates what is missing.
     *
     * @param telemetry of this issuer
     * @throws IOException when a file cannot be read or written
     */
    static OpenIssuer open(Shared shared, Telemetry telemetry, String url, Settings settings) throws IOException {
        Opened opened = new Opened();
        try {
            Database database = opened.add(Database.open(store(settings), shared.clock(), telemetry));
            Stores stores = Stores.of(database);
            DurableAuditTrail audit = opened.add(new DurableAuditTrail(
                    telemetry,
                    new DurableAuditTrail.Keeping(stores.auditEvents(), stores.unitOfWork(), shared.random()),
                    settings.audit(),
                    shared.clock()));
            Issuer.Parts parts = new Issuer.Parts(
                    ServerSettings.masterKey(settings, stores.keys(), shared.random()),
                    shared.hasher(),
                    ServerSettings.throttle(settings),
                    audit,
                    shared.outbound(),
                    shared.clock(),
                    shared.random());
            Issuer issuer = Issuer.open(url, settings, stores, parts);
            opened.add(issuer.logoutDeliverer());
            Router router = new Router(routes(issuer, shared.docs()), telemetry);
            return new OpenIssuer(issuer, stores, database, router, audit, opened);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Opens one on another thread. Does not let go of it when interrupted, or what was opened would stay open for nobody. */
    static OpenIssuer openOn(ExecutorService openers, Callable<OpenIssuer> opening) throws ExecutionException {
        Future<OpenIssuer> opened = openers.submit(opening);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return opened.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static StoreSettings store(Settings settings) {
        return switch (settings.store()) {
            case SqliteSettings sqlite -> sqlite.withReaders(READERS).withIdleCheck(IDLE_CHECK);
            case PostgresSettings postgres -> postgres;
        };
    }

    private static List<Route> routes(Issuer issuer, DocsFiles docs) {
        List<Route> routes = new ArrayList<>(issuer.routes());
        Set<String> paths = routes.stream().map(Route::path).collect(Collectors.toSet());
        routes.addAll(new DocsPage(docs, issuer.url(), paths::contains).routes());
        return routes;
    }

    @Override
    public Response handle(Request request) {
        return router.handle(request);
    }

    Issuer issuer() {
        return issuer;
    }

    /** What is due every second while it is open: signs of life, and a look at what others have changed. */
    void look() {
        issuer.serviceTime().beat();
        issuer.epochs().wake();
        issuer.logoutDeliverer().wake();
        issuer.statusLists().wake();
        long counter = database.changeCounter();
        if (seenChanges.get() != counter) {
            issuer.keys().reload();
            seenChanges.set(counter); // only now: a reload that failed is tried again
        }
    }

    /** What is due every minute while it is open, and at each visit: rotates keys, removes what has ended. */
    void keepHouse() {
        issuer.keys()
                .rotateDue()
                .forEach(keyId ->
                        audit.record(AuditEvent.of(AuditEvent.Type.KEY_ROTATION).with("kid", keyId)));
        housekeeping.runWhereDue();
    }

    /** Whether clients have still to be told of logouts. */
    boolean hasToTell() {
        return !stores.logoutDeliveries().listDue(issuer.now().plus(TELLING), 1).isEmpty();
    }

    /** Makes a write durable, to see whether the store takes one. */
    void write() {
        issuer.serviceTime().leaveSignOfLife();
    }

    /** Leaves to the next time what of it has not been done. */
    void stopKeepingHouse() {
        housekeeping.close();
    }

    /** Stores what waits, and lets go of everything. No request may be running. */
    @Override
    public void close() {
        stopKeepingHouse();
        try {
            issuer.serviceTime().rest();
        } catch (RuntimeException _) {
            // the store is gone; the next start finds out when it was last seen
        }
        opened.close();
    }
}
