package dev.latchkey.server;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.DurableAuditTrail;
import dev.latchkey.server.docs.DocsFiles;
import dev.latchkey.server.docs.DocsPage;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.http.Router;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.sql.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The one issuer of a server: open from the start to the end. */
final class OneIssuer implements Tenancy {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Database database;
    private final DurableAuditTrail audit;
    private final Issuer issuer;
    private final Housekeeping housekeeping;
    /** Removes what has ended, which may take long: what is due every second does not wait for it. */
    private final Timer chores = new Timer("latchkey-housekeeping");

    private final Optional<FirstUser> firstUser;
    private final Router router;

    private OneIssuer(
            Database database, DurableAuditTrail audit, Issuer issuer, Optional<FirstUser> firstUser, Router router) {
        this.database = database;
        this.audit = audit;
        this.issuer = issuer;
        this.housekeeping = issuer.housekeeping();
        this.firstUser = firstUser;
        this.router = router;
    }

    /**
     * Opens the issuer.
     *
     * @throws IOException when a file cannot be read or written
     */
    static OneIssuer open(Settings settings, Database database, Groundwork ground) throws IOException {
        Stores stores = Stores.of(database);
        DurableAuditTrail audit = ground.opened()
                .add(new DurableAuditTrail(
                        ground.telemetry(),
                        new DurableAuditTrail.Keeping(stores.auditEvents(), stores.unitOfWork(), ground.random()),
                        settings.audit(),
                        ground.clock()));
        ground.telemetry().meters().gauge("audit_events_waiting", "Audit events that wait to be kept", audit::waiting);
        Issuer.Parts parts = new Issuer.Parts(
                ServerSettings.masterKey(settings, stores.keys(), ground.random()),
                ground.hasher(),
                ServerSettings.throttle(settings),
                audit,
                ground.outbound(),
                ground.clock(),
                ground.random());
        Issuer issuer = Issuer.open(settings.issuerAt(ground.http().port()), settings, stores, parts);
        ground.opened().add(issuer.logoutDeliverer());
        Router router = new Router(routes(issuer, ground), ground.telemetry());
        Optional<FirstUser> firstUser =
                FirstUser.createWhereNone(stores, ground.hasher(), ground.clock(), ground.random());
        return new OneIssuer(database, audit, issuer, firstUser, router);
    }

    private static List<Route> routes(Issuer issuer, Groundwork ground) {
        List<Route> routes = new ArrayList<>(issuer.routes());
        routes.addAll(ground.publicWatched());
        Set<String> paths = routes.stream().map(Route::path).collect(Collectors.toSet());
        routes.addAll(new DocsPage(new DocsFiles(), issuer.url(), paths::contains).routes());
        return routes;
    }

    @Override
    public Handler handler() {
        return router;
    }

    @Override
    public List<Route> routes() {
        return router.routes();
    }

    @Override
    public boolean takesAWrite() {
        issuer.serviceTime().leaveSignOfLife();
        return true;
    }

    @Override
    public void begin(Timer timer) {
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
        chores.every(MINUTE, "housekeeping", housekeeping::runWhereDue);
    }

    @Override
    public void catchUp() {
        chores.runAll(); // everything else is with the timer
    }

    @Override
    public Optional<Issuer> issuer() {
        return Optional.of(issuer);
    }

    @Override
    public Optional<FirstUser> firstUser() {
        return firstUser;
    }

    @Override
    public void close() {
        housekeeping.close();
        chores.close();
        issuer.serviceTime().beat();
    }
}
