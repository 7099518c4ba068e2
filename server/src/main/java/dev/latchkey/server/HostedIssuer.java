package dev.latchkey.server;

import dev.latchkey.server.http.ErrorResponse;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Router;
import dev.latchkey.server.log.LogEvent;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.sql.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of many issuers: opened by the first request that needs it, closed when nobody has asked for a while. What is wrong with
 * its store is answered by 503 here and hurts nobody else: its requests take a bounded part of the server's places, and an
 * opening that fails is not tried again at once. Safe for use by many threads.
 */
final class HostedIssuer implements Handler {
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration AFTER_GRACE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final String name;
    private final String url;
    private final Settings settings;
    private final OpenIssuer.Shared shared;
    private final Telemetry telemetry;
    private final ExecutorService openers;
    private final StoreRoom room;
    private final Consumer<HostedIssuer> makeRoom;
    private final Semaphore places;
    /** Longer than any refresh grace, which would stand still while the issuer is closed. */
    private final Duration idle;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();
    private final IssuerChores chores;

    // written under the lock
    private volatile @Nullable OpenIssuer open;
    /** Whether what was open is being closed, which nobody holds the lock for: a store can take long to let go of. */
    private volatile boolean closing;

    private volatile Instant lastUsed = Instant.MIN;
    private volatile boolean failing;
    private int users;
    /** How often it was taken. */
    private final AtomicLong uses = new AtomicLong();

    private Duration pause = FIRST_PAUSE;
    private Instant retryAt = Instant.MIN;

    /**
     * How the issuer is opened.
     *
     * @param openers runs what may take long, such as the making of keys
     * @param places how many of its requests are answered at once
     * @param room for its store
     * @param makeRoom has others closed, soon, for this one that is open or would be
     */
    record Opening(ExecutorService openers, int places, StoreRoom room, Consumer<HostedIssuer> makeRoom) {}

    HostedIssuer(String name, String url, Settings settings, OpenIssuer.Shared shared, Opening opening) {
        this.name = name;
        this.url = url;
        this.settings = settings;
        this.shared = shared;
        this.telemetry = shared.telemetry().of(name);
        this.openers = opening.openers();
        this.places = new Semaphore(opening.places());
        Duration grace = settings.tokens().refreshGrace().plus(AFTER_GRACE);
        this.idle = grace.compareTo(IDLE) > 0 ? grace : IDLE;
        this.room = opening.room();
        this.makeRoom = opening.makeRoom();
        this.chores = new IssuerChores(this, telemetry, shared.clock());
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    /** Where its store is. */
    StoreSettings store() {
        return settings.store();
    }

    boolean isOpen() {
        return open != null;
    }

    /** Whether it holds nothing: neither open nor being closed. */
    boolean isAtRest() {
        return open == null && !closing;
    }

    boolean isClosing() {
        return closing;
    }

    /** Whether it could not be opened when that was last tried. */
    boolean isFailing() {
        return failing;
    }

    Instant lastUsed() {
        return lastUsed;
    }

    @Override
    public Response handle(Request request) {
        long start = System.nanoTime();
        if (!places.tryAcquire()) {
            return refuse(request, start);
        }
        try {
            OpenIssuer issuer = take();
            try {
                return issuer.handle(request);
            } finally {
                giveBack();
            }
        } catch (StoreUnavailableException _) {
            return refuse(request, start);
        } finally {
            places.release();
        }
    }

    private Response refuse(Request request, long start) {
        Response answer = ErrorResponse.of(OAuthError.temporarilyUnavailable(FIRST_PAUSE));
        telemetry.answered(Router.NO_ROUTE, request, answer, System.nanoTime() - start);
        return answer;
    }

    /**
     * The issuer, opened if it was not. Has to be given back.
     *
     * @throws StoreUnavailableException when it cannot be opened now
     */
    OpenIssuer take() {
        boolean isNew;
        OpenIssuer issuer;
        lockAtRest();
        try {
            OpenIssuer known = open;
            isNew = known == null;
            issuer = known == null ? opened() : known;
            users++;
            uses.incrementAndGet();
            lastUsed = shared.clock().instant();
        } finally {
            lock.unlock();
        }
        if (isNew) {
            makeRoom.accept(this);
        }
        return issuer;
    }

    void giveBack() {
        lock.lock();
        try {
            users--;
        } finally {
            lock.unlock();
        }
    }

    /** Locks it when it is neither being opened nor closed, so that its store is held by one at a time. */
    private void lockAtRest() {
        long left = PATIENCE.toNanos();
        try {
            while (left > 0 && lock.tryLock(left, TimeUnit.NANOSECONDS)) {
                if (!closing) {
                    return;
                }
                try {
                    left = closed.awaitNanos(left);
                } finally {
                    lock.unlock();
                }
            }
            throw new StoreUnavailableException("the issuer takes too long to open or to close");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while an issuer was opened or closed", e);
        }
    }

    private OpenIssuer opened() {
        if (shared.clock().instant().isBefore(retryAt)) {
            throw new StoreUnavailableException("the issuer could not be opened a moment ago");
        }
        if (!room.take(() -> makeRoom.accept(this))) {
            retryAt = shared.clock().instant().plus(FIRST_PAUSE); // or each of its requests would wait
            telemetry.log().warn(LogEvent.of("issuer_unavailable").with("reason", "no_room"));
            throw new StoreUnavailableException("too many issuers hold a store");
        }
        boolean isOpened = false;
        try {
            OpenIssuer issuer = OpenIssuer.openOn(openers, () -> OpenIssuer.open(shared, telemetry, url, settings));
            isOpened = true;
            open = issuer;
            failing = false;
            pause = FIRST_PAUSE;
            return issuer;
        } catch (ExecutionException e) {
            failing = true;
            retryAt = shared.clock().instant().plus(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            telemetry.log().error(LogEvent.of("issuer_unavailable"), e.getCause() == null ? e : e.getCause());
            throw new StoreUnavailableException("the issuer cannot be opened", e);
        } catch (RejectedExecutionException e) {
            throw new StoreUnavailableException("too many issuers are being opened", e);
        } finally {
            if (!isOpened) {
                room.giveBack();
            }
        }
    }

    /** Does what is due, on threads of its own. Called every second. */
    void tick() {
        chores.tick();
    }

    /** The same, here and now, whether it is due or not: for a turned clock. */
    void catchUp() {
        chores.catchUp();
    }

    /** Has housekeeping end soon, if there is any. */
    void stopKeepingHouse() {
        OpenIssuer issuer = hold();
        if (issuer != null) {
            issuer.stopKeepingHouse();
            giveBack();
        }
    }

    /** The issuer if it is open, for work that is no use of it. Has to be given back. */
    @Nullable
    OpenIssuer hold() {
        lock.lock();
        try {
            if (open != null) {
                users++;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Closes it if nobody has asked for a while. */
    void closeIfIdle(Instant now) {
        if (now.isAfter(lastUsed.plus(idle))) {
            closeIfFree();
        }
    }

    /** Closes it, unless a request runs or clients have to be told of logouts. Whether it is closed, or just being opened. */
    boolean closeIfFree() {
        OpenIssuer issuer = hold();
        if (issuer == null) {
            return true;
        }
        boolean hasToTell = hasToTell(issuer);
        lock.lock();
        try {
            users--;
            if (users > 0 || hasToTell) {
                return false;
            }
            open = null;
            closing = true;
        } finally {
            lock.unlock();
        }
        close(issuer);
        return true;
    }

    private void close(OpenIssuer issuer) {
        try {
            issuer.close();
        } finally {
            lock.lock();
            try {
                closing = false;
                closed.signalAll();
            } finally {
                lock.unlock();
                room.giveBack();
            }
        }
    }

    /** A store that cannot be asked is closed, so that it is opened anew. */
    private boolean hasToTell(OpenIssuer issuer) {
        try {
            boolean hasToTell = issuer.hasToTell();
            if (hasToTell) {
                lastUsed = shared.clock().instant();
            }
            return hasToTell;
        } catch (RuntimeException _) {
            return false;
        }
    }

    /** Opens it if it is not, and keeps house, which is no use of it: unless somebody has come meanwhile, it is as open as before. */
    void visit() {
        long usesBefore = uses.get();
        try {
            OpenIssuer known = hold();
            OpenIssuer issuer = known == null ? take() : known;
            try {
                issuer.keepHouse();
            } finally {
                giveBack();
            }
            if (known == null && uses.get() == usesBefore + 1) {
                closeIfFree();
            }
        } catch (StoreUnavailableException _) {
            // has been logged; the next request tries again
        }
    }

    /** Whether its store takes a write now. To ask is no use of it: where it is open, it is closed no later for that. */
    boolean takesAWrite() {
        try {
            OpenIssuer known = hold();
            OpenIssuer issuer = known == null ? take() : known;
            try {
                issuer.write();
                return true;
            } finally {
                giveBack();
            }
        } catch (RuntimeException _) {
            return false;
        }
    }

    /** Closes it for good; requests have ended by then. */
    void shutDown() {
        OpenIssuer issuer;
        lock.lock();
        try {
            while (closing) {
                closed.awaitUninterruptibly();
            }
            issuer = open;
            open = null;
            closing = issuer != null;
        } finally {
            lock.unlock();
        }
        if (issuer != null) {
            close(issuer);
        }
    }
}
