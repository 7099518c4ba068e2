package dev.latchkey.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.TurnedClock;
import dev.latchkey.server.protocol.StoreUnavailableException;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.sql.SqlAuditStore;
import dev.latchkey.server.sql.SqliteDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DurableAuditTrailTest {
    private static final AuditSettings USUAL = new AuditSettings(Duration.ofDays(400), false, 3);
    private static final AuditSettings EVERYTHING = new AuditSettings(Duration.ofDays(400), true, 3);

    private final TurnedClock clock = new TurnedClock();
    private final SqliteDatabase database = SqliteDatabase.openTemporary(clock);
    private final AuditStore store = new SqlAuditStore(database);
    private final Queue<AuditEvent> told = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean unanswered = new AtomicBoolean();

    private DurableAuditTrail open(AuditSettings settings) {
        UnitOfWork unitOfWork = new UnitOfWork() {
            @Override
            public <T> T run(Function<Transaction, T> work) {
                if (broken.get()) {
                    throw new StoreUnavailableException("broken by the test");
                }
                T result = database.run(work);
                if (unanswered.get()) {
                    throw new StoreUnavailableException("stored, but the answer was lost by the test");
                }
                return result;
            }
        };
        return new DurableAuditTrail(
                told::add, new DurableAuditTrail.Keeping(store, unitOfWork, new SecureRandom()), settings, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<StoredEvent> kept() {
        return store.listAfter(0, AuditQuery.all(), 100_000);
    }

    private static AuditEvent event(AuditEvent.Type type) {
        return AuditEvent.of(type).with("sub", "alice");
    }

    @Test
    void anEventIsToldAtOnceAndKeptByItself() {
        try (DurableAuditTrail trail = open(USUAL)) {
            trail.record(event(AuditEvent.Type.LOGIN));
            assertThat(told).hasSize(1);
            while (kept().isEmpty()) {
                Thread.onSpinWait();
            }
        }
        assertThat(kept()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("login");
            assertThat(event.at()).isEqualTo(clock.instant());
        });
    }

    @Test
    void whatWaitsIsKeptAtTheEnd() throws Exception {
        int threads = 8;
        int each = 2_000;
        try (DurableAuditTrail trail = open(USUAL);
                ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                executor.execute(() -> {
                    for (int n = 0; n < each; n++) {
                        trail.record(event(AuditEvent.Type.LOGOUT));
                    }
                });
            }
        }
        assertThat(kept()).hasSize(threads * each);
    }

    @Test
    void routineIsKeptOnlyWhereEverythingIs() {
        try (DurableAuditTrail trail = open(USUAL)) {
            trail.record(event(AuditEvent.Type.REFRESH_TOKEN));
            trail.record(event(AuditEvent.Type.CLIENT_LOGIN));
        }
        assertThat(kept()).isEmpty();
        assertThat(told).hasSize(2);
        try (DurableAuditTrail trail = open(EVERYTHING)) {
            trail.record(event(AuditEvent.Type.REFRESH_TOKEN));
        }
        assertThat(kept()).hasSize(1);
    }

    @Test
    void anEventOfAUnitOfWorkIsInItsCommit() {
        try (DurableAuditTrail trail = open(USUAL)) {
            database.run(transaction -> {
                trail.record(transaction, event(AuditEvent.Type.CLIENT_DELETE));
                assertThat(told).as("told when it has happened").isEmpty();
                return true;
            });
            assertThat(kept()).hasSize(1);
            assertThat(told).hasSize(1);
        }
    }

    @Test
    void aFloodOfErrorsIsCountedByType() {
        try (DurableAuditTrail trail = open(USUAL)) {
            for (int i = 0; i < 1_000; i++) {
                trail.record(event(AuditEvent.Type.LOGIN_ERROR));
            }
            trail.record(event(AuditEvent.Type.CLIENT_LOGIN_ERROR));
            clock.turn(Duration.ofMinutes(1));
            trail.record(event(AuditEvent.Type.LOGIN_ERROR));
            trail.flush();
            assertThat(kept())
                    .extracting(StoredEvent::type)
                    .filteredOn("login_error"::equals)
                    .hasSize(4);
            assertThat(kept()).extracting(StoredEvent::type).contains("client_login_error");
            assertThat(kept())
                    .filteredOn(event -> event.type().equals("events_omitted"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.fields())
                            .containsEntry("omitted", "login_error")
                            .containsEntry("count", "997"));
            assertThat(told).as("the log has all").hasSize(1_002);
        }
    }

    @Test
    void whatWasOmittedIsToldAtTheEndToo() {
        try (DurableAuditTrail trail = open(USUAL)) {
            for (int i = 0; i < 5; i++) {
                trail.record(event(AuditEvent.Type.LOGIN_ERROR));
            }
        }
        assertThat(kept())
                .hasSize(4)
                .filteredOn(event -> event.type().equals("events_omitted"))
                .singleElement()
                .satisfies(event -> assertThat(event.fields()).containsEntry("count", "2"));
    }

    @Test
    void whatWasStoredWithoutAnAnswerIsNotStoredAgain() {
        try (DurableAuditTrail trail = open(USUAL);
                DurableAuditTrail another = open(USUAL)) {
            unanswered.set(true);
            trail.record(event(AuditEvent.Type.LOGIN));
            trail.record(event(AuditEvent.Type.LOGIN));
            another.record(event(AuditEvent.Type.LOGIN));
            assertThat(trail.flush()).isFalse();
            assertThat(another.flush()).isFalse();
            assertThat(kept()).hasSize(3);
            trail.record(event(AuditEvent.Type.LOGOUT));

            unanswered.set(false);
            assertThat(trail.flush()).isTrue();
            assertThat(another.flush()).isTrue();
        }
        assertThat(kept()).extracting(StoredEvent::type).containsExactly("login", "login", "login", "logout");
    }

    @Test
    void eventsWaitForAStoreThatIsAwayAndWhatDoesNotFitIsCounted() {
        try (DurableAuditTrail trail = open(USUAL)) {
            broken.set(true);
            int recorded = 30_000;
            for (int i = 0; i < recorded; i++) {
                trail.record(event(AuditEvent.Type.LOGOUT));
            }
            assertThat(trail.flush()).isFalse();
            assertThat(trail.waiting()).isBetween(10_000, 20_000);
            assertThat(kept()).isEmpty();

            broken.set(false);
            assertThat(trail.flush()).isTrue();
            List<StoredEvent> kept = kept();
            long logouts =
                    kept.stream().filter(event -> event.type().equals("logout")).count();
            long omitted = kept.stream()
                    .filter(event -> event.type().equals("events_omitted"))
                    .mapToLong(event -> Long.parseLong(event.fields().getOrDefault("count", "")))
                    .sum();
            assertThat(logouts).isGreaterThanOrEqualTo(20_000);
            assertThat(logouts + omitted).isEqualTo(recorded);
        }
    }
}
