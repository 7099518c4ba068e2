package dev.latchkey.server.signout;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.outbound.OutboundAnswer;
import dev.latchkey.server.outbound.OutboundException;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.token.NoEncryptionKeyException;
import dev.latchkey.server.user.User;
import dev.latchkey.server.user.UserStore;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tells clients of logouts by posting logout tokens (OpenID Connect Back-Channel Logout §2.5), out of the queue in the store,
 * so that no user waits for a slow client and no restart loses a logout. One request to a client at a time, {@value #PARALLEL}
 * clients at a time; a client that does not answer is asked again {@value #MAX_TRIES} times within an hour. A crash after a
 * client has answered may tell it once more. Any number of processes may share a queue. Safe for many threads.
 */
public final class LogoutDeliverer implements AutoCloseable {
    static final int MAX_TRIES = 5;

    private static final System.Logger LOG = System.getLogger(LogoutDeliverer.class.getName());
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(45));
    /** After which a logout is told no more, however often it was tried: the client's own session has ended by then. */
    private static final Duration STALE = Duration.ofHours(2);
    /** How long nobody else makes a try: longer than any request takes. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final int PARALLEL = 16;
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Stores stores;
    private final LogoutTokens tokens;
    private final Outbound outbound;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("logout-delivery-", 0).factory());
    private final AtomicBoolean lookIsDue = new AtomicBoolean();
    private final Set<ClientId> busy = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(PARALLEL);

    /** Where the queue is, and whom it is about. */
    public record Stores(LogoutDeliveryStore deliveries, ClientStore clients, UserStore users, UnitOfWork unitOfWork) {}

    public LogoutDeliverer(
            Stores stores, LogoutTokens tokens, Outbound outbound, AuditTrail audit, InstantSource clock) {
        this.stores = stores;
        this.tokens = tokens;
        this.outbound = outbound;
        this.audit = audit;
        this.clock = clock;
    }

    /** Has what is due delivered, by other threads; returns at once. */
    public void wake() {
        if (!lookIsDue.getAndSet(true)) {
            start(this::look);
        }
    }

    private boolean start(Runnable task) {
        try {
            workers.execute(() -> {
                try {
                    task.run();
                } catch (StoreUnavailableException _) {
                    // what is due stays due, and the next look finds it
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "the delivery of logouts failed and will be tried again", e);
                }
            });
            return true;
        } catch (RejectedExecutionException _) {
            return false; // closed: whoever opens the store next goes on
        }
    }

    private void look() {
        lookIsDue.set(false);
        Map<ClientId, List<LogoutDelivery>> due = stores.deliveries().listDue(clock.instant(), BATCH).stream()
                .collect(Collectors.groupingBy(LogoutDelivery::clientId, LinkedHashMap::new, Collectors.toList()));
        due.forEach(this::begin);
    }

    /** Leaves alone a client that is being told already: whoever does that looks again. */
    private void begin(ClientId client, List<LogoutDelivery> due) {
        if (!busy.add(client)) {
            return;
        }
        if (!places.tryAcquire() || !start(() -> tellAll(client, due))) {
            busy.remove(client);
        }
    }

    private void tellAll(ClientId client, List<LogoutDelivery> due) {
        try {
            boolean answers = true;
            for (int i = 0; i < due.size() && answers; i++) {
                answers = tell(due.get(i));
            }
        } finally {
            places.release();
            busy.remove(client);
        }
        wake();
    }

    /** Makes one try, if nobody else does. False where the client does not answer as it should. */
    private boolean tell(LogoutDelivery delivery) {
        Instant until = clock.instant().plus(LEASE);
        if (!stores.unitOfWork().run(transaction -> stores.deliveries().claim(transaction, delivery, until))) {
            return true;
        }
        Optional<Client> client = stores.clients().find(delivery.clientId()).filter(Predicate.not(Client::disabled));
        Optional<String> uri = client.flatMap(known -> known.metadata().logout().backChannelUri());
        Optional<User> user = stores.users().find(delivery.userId());
        if (uri.isEmpty() || user.isEmpty()) {
            remove(delivery);
            return true;
        }
        Try made = send(uri.get(), client.get(), user.get(), delivery);
        settle(delivery, made);
        return made.outcome() != Outcome.NO_ANSWER;
    }

    private enum Outcome {
        TOLD,
        /** The client has understood and could not end its session: it would say so again (§2.8). */
        FAILED,
        NO_ANSWER
    }

    /** @param reason why the client could not be told, or empty */
    private record Try(Outcome outcome, String reason) {}

    private Try send(String uri, Client client, User user, LogoutDelivery delivery) {
        try {
            String token = tokens.issue(client, user, delivery.sessionId());
            byte[] form = ("logout_token=" + token).getBytes(StandardCharsets.US_ASCII);
            OutboundAnswer answer = outbound.post(URI.create(uri), form, "application/x-www-form-urlencoded");
            if (answer.isSuccess()) {
                return new Try(Outcome.TOLD, "");
            }
            return new Try(answer.status() == 400 ? Outcome.FAILED : Outcome.NO_ANSWER, "status_" + answer.status());
        } catch (OutboundException e) {
            LOG.log(Level.DEBUG, () -> "client " + client.id() + " could not be told of a logout: " + e.getMessage());
            return new Try(Outcome.NO_ANSWER, e.reason().code());
        } catch (NoEncryptionKeyException _) {
            return new Try(Outcome.NO_ANSWER, "no_encryption_key");
        }
    }

    private void settle(LogoutDelivery delivery, Try made) {
        Instant now = clock.instant();
        int tries = delivery.tries() + 1;
        boolean again = made.outcome() == Outcome.NO_ANSWER
                && tries < MAX_TRIES
                && now.isBefore(delivery.createdAt().plus(STALE));
        stores.unitOfWork().run(transaction -> {
            if (again) {
                stores.deliveries().postpone(transaction, delivery, now, now.plus(PAUSES.get(tries - 1)));
            } else {
                stores.deliveries().remove(transaction, delivery);
            }
            audit.record(transaction, event(delivery, made, tries));
            return true;
        });
    }

    private static AuditEvent event(LogoutDelivery delivery, Try made, int tries) {
        boolean told = made.outcome() == Outcome.TOLD;
        AuditEvent event = AuditEvent.of(
                        told ? AuditEvent.Type.BACKCHANNEL_LOGOUT : AuditEvent.Type.BACKCHANNEL_LOGOUT_ERROR)
                .with("sub", delivery.userId())
                .with("client_id", delivery.clientId())
                .with("sid", delivery.sessionId());
        return told ? event : event.with("reason", made.reason()).with("attempts", tries);
    }

    private void remove(LogoutDelivery delivery) {
        stores.unitOfWork().run(transaction -> {
            stores.deliveries().remove(transaction, delivery);
            return true;
        });
    }

    /** Lets requests that are under way end, for a moment; what has not been told is told after the next start. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException _) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
