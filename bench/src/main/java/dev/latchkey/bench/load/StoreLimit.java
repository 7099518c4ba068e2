package dev.latchkey.bench.load;

import dev.latchkey.server.Stores;
import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.Credential;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.session.Rotation;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.sql.SqliteDatabase;
import dev.latchkey.server.sql.SqliteSettings;
import dev.latchkey.server.sql.StoreListener;
import dev.latchkey.server.user.User;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** What the store alone can do of refreshes: find session and user, rotate durably; no HTTP, no tokens. */
final class StoreLimit {
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final Path file;
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();

    StoreLimit(Path file) {
        this.file = file;
    }

    /** Rotations a second by this many callers, each with a session of its own. */
    double rotations(int callers, Duration warmUp, Duration measured) throws InterruptedException {
        try (SqliteDatabase database = SqliteDatabase.open(SqliteSettings.of(file), clock, StoreListener.NONE)) {
            Stores stores = Stores.of(database);
            List<SessionId> sessions = begin(stores, callers);
            AtomicLong total = new AtomicLong();
            long start = System.nanoTime() + warmUp.toNanos();
            long end = start + measured.toNanos();
            try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
                for (SessionId session : sessions) {
                    pool.execute(() -> total.addAndGet(rotate(stores, session, start, end)));
                }
            }
            return total.get() * 1e9 / measured.toNanos();
        }
    }

    private List<SessionId> begin(Stores stores, int number) {
        Instant now = clock.instant();
        User user = new User(
                User.newId(random), "bench", Map.of(), List.of(), Optional.empty(), 1, false, Origin.COMMAND, now);
        List<SessionId> sessions = new ArrayList<>();
        Client client = new Client(
                new ClientId("bench"),
                new Credential.None(),
                ClientMetadata.of("bench", List.of(), Set.of(), AuthenticationMethod.NONE, Scope.NONE),
                false,
                Origin.COMMAND,
                now);
        stores.unitOfWork().run(transaction -> {
            stores.clients().save(transaction, client);
            return stores.users().insert(transaction, user);
        });
        for (int i = 0; i < number; i++) {
            byte[] id = new byte[SessionId.BYTES];
            random.nextBytes(id);
            Session session = new Session(
                    SessionId.of(id),
                    user.id(),
                    client.id(),
                    Scope.stored("openid"),
                    List.of(),
                    1,
                    now,
                    now,
                    now,
                    now.plus(LIFETIME),
                    1,
                    now,
                    Optional.empty(),
                    Optional.empty(),
                    RequestedClaims.NONE,
                    Optional.empty(),
                    Optional.empty());
            stores.unitOfWork().run(transaction -> {
                stores.sessions().insert(transaction, session);
                return true;
            });
            sessions.add(session.id());
        }
        return sessions;
    }

    private long rotate(Stores stores, SessionId id, long start, long end) {
        long count = 0;
        for (long nanos = System.nanoTime(); nanos < end; nanos = System.nanoTime()) {
            Session session = stores.sessions().find(id).orElseThrow();
            if (stores.users().find(session.userId()).isEmpty()) {
                throw new IllegalStateException("the user is gone");
            }
            Instant now = clock.instant();
            Rotation.Attempt attempt =
                    new Rotation.Attempt(session.generation(), now, now.plus(LIFETIME), now.minusSeconds(10));
            Rotation rotation =
                    stores.unitOfWork().run(transaction -> stores.sessions().rotate(transaction, id, attempt));
            if (!(rotation instanceof Rotation.Rotated)) {
                throw new IllegalStateException("not rotated: " + rotation);
            }
            if (nanos >= start) {
                count++;
            }
        }
        return count;
    }
}
