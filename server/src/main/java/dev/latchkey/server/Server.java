package dev.latchkey.server;

import dev.latchkey.server.http.Route;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.sql.Database;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A running server: one issuer or many behind one port, until it is closed. */
public final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());

    private final Groundwork ground;
    private final Tenancy tenancy;
    private final Timer timer;
    private final Draining draining;

    private Server(Groundwork ground, Tenancy tenancy) {
        this.ground = ground;
        this.tenancy = tenancy;
        this.timer = ground.opened().add(new Timer());
        this.draining = ground.serve(tenancy, timer);
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @throws IOException when a file cannot be read or written
     */
    public static Server start(Settings settings, InstantSource clock, SecureRandom random) throws IOException {
        ServerSettings.createFolder(settings.dataFolder());
        Opened opened = new Opened();
        return start(
                settings,
                telemetry -> opened.add(Database.open(settings.store(), clock, telemetry)),
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
        return start(settings, _ -> database, clock, random, new Opened());
    }

    private static Server start(
            Settings settings,
            Function<Telemetry, Database> store,
            InstantSource clock,
            SecureRandom random,
            Opened opened)
            throws IOException {
        try {
            Groundwork ground = Groundwork.begin(settings, clock, random, opened);
            return new Server(
                    ground,
                    settings.hosting().isMany()
                            ? Issuers.open(settings, ground)
                            : OneIssuer.open(settings, store.apply(ground.telemetry()), ground));
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    public int port() {
        return ground.http().port();
    }

    /** The issuer, where there is one. */
    public Issuer issuer() {
        return tenancy.issuer().orElseThrow(() -> new IllegalStateException("there are many issuers"));
    }

    /** Everything that is served at the port, for whoever describes it; of many issuers, what is the process's own. */
    public List<Route> routes() {
        return tenancy.routes();
    }

    /** The user that was made because there was none; known to this start only. */
    public Optional<FirstUser> firstUser() {
        return tenancy.firstUser();
    }

    /** Does now what is done now and then, such as the rotation of keys that are due, and waits for it: for a turned clock. */
    public void catchUp() {
        timer.runAll();
        tenancy.catchUp();
    }

    /**
     * Says that it is not ready and goes on for the drain delay, then finishes the requests that run, within the drain time-out,
     * and lets go of everything.
     */
    @Override
    public void close() {
        if (ground.opened().isEmpty()) {
            return; // it is closed
        }
        draining.await();
        boolean interrupted = Thread.interrupted(); // ends the delay and no more: the rest has bounds of its own
        try {
            letGo();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void letGo() {
        ground.http().close();
        try {
            tenancy.close();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "could not close", e);
        }
        ground.opened().close();
    }
}
