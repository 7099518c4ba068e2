package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditQuery;
import dev.latchkey.server.audit.AuditStore;
import dev.latchkey.server.audit.StoredEvent;
import dev.latchkey.server.audit.TimedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Audit events: kept in order, found again, and neither changed nor removed before their time. */
abstract class AuditStoreContract extends StoreContract {
    private AuditStore events;

    @BeforeEach
    void openStore() {
        events = new SqlAuditStore(database);
    }

    private void append(Instant at, AuditEvent event) {
        commit(tx -> events.append(tx, List.of(new TimedEvent(at, event))));
    }

    private static AuditEvent login(String sub) {
        return AuditEvent.of(AuditEvent.Type.LOGIN).with("sub", sub).with("client_id", "web");
    }

    private List<StoredEvent> all() {
        return events.listAfter(0, AuditQuery.all(), 1000);
    }

    private List<String> subjects(List<StoredEvent> found) {
        return found.stream().map(event -> event.fields().get("sub")).toList();
    }

    @Test
    void anEventComesBackAsItWas() {
        AuditEvent event = AuditEvent.of(AuditEvent.Type.LOGIN_ERROR)
                .with("client_id", "web")
                .with("address", "192.0.2.1")
                .with("reason", "wrong \"password\", ünïcode 🙂");
        append(NOW, event);

        assertThat(all()).singleElement().satisfies(stored -> {
            assertThat(stored.at()).isEqualTo(NOW);
            assertThat(stored.type()).isEqualTo("login_error");
            assertThat(stored.fields()).isEqualTo(event.fields());
        });
    }

    @Test
    void whatLooksLikeASecretIsHiddenAndWhatIsLongIsCut() {
        append(
                NOW,
                login("a")
                        .with("password", "swordfish-1")
                        .with("note", "Authorization: Bearer swordfish-2-swordfish")
                        .with("long", "x".repeat(10_000))
                        .with("line", "a\nb\u202Ec"));

        Map<String, String> fields = all().getFirst().fields();
        assertThat(fields.toString()).doesNotContain("swordfish", "\n", "\u202E");
        assertThat(fields.get("long")).hasSizeLessThan(300);
    }

    @Test
    void eventsAreListedInTheOrderInWhichTheyWereKept() {
        append(NOW.plusSeconds(9), login("a"));
        append(NOW, login("b"));
        append(NOW.plusSeconds(1), login("c"));

        assertThat(subjects(all())).containsExactly("a", "b", "c");
        assertThat(all()).extracting(StoredEvent::id).isSorted().doesNotHaveDuplicates();
        assertThat(subjects(events.listAfter(all().getFirst().id(), AuditQuery.all(), 1)))
                .containsExactly("b");
        assertThat(subjects(events.last(AuditQuery.all(), 2))).containsExactly("b", "c");
    }

    @Test
    void eventsAreFoundByWhatIsAskedFor() {
        append(NOW, login("a"));
        append(NOW.plusSeconds(1), login("b").with("client_id", "app"));
        append(NOW.plusSeconds(2), AuditEvent.of(AuditEvent.Type.LOGOUT).with("sub", "a"));
        Optional<String> any = Optional.empty();
        Optional<Instant> ever = Optional.empty();

        assertThat(events.last(new AuditQuery(Optional.of("login"), Optional.of("a"), any, ever, ever), 9))
                .hasSize(1);
        assertThat(events.last(new AuditQuery(any, any, Optional.of("app"), ever, ever), 9))
                .hasSize(1);
        assertThat(events.listAfter(
                        0,
                        new AuditQuery(any, any, any, Optional.of(NOW.plusSeconds(1)), Optional.of(NOW.plusSeconds(2))),
                        9))
                .extracting(StoredEvent::at)
                .containsExactly(NOW.plusSeconds(1));
        assertThat(events.last(new AuditQuery(any, Optional.of("' or 1=1"), any, ever, ever), 9))
                .isEmpty();
    }

    @Test
    void noEventOfManyIsLostAndNoneSharesItsNumber() throws Exception {
        List<Callable<Boolean>> callers = IntStream.range(0, 32)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    append(NOW, login("user" + i));
                    return true;
                })
                .toList();

        UnitOfWorkContract.together(callers);

        assertThat(all()).hasSize(32).extracting(StoredEvent::id).isSorted().doesNotHaveDuplicates();
        assertThat(subjects(all())).doesNotHaveDuplicates();
    }

    /** As by one who was not told that the first time was durable, and tries again while it is still under way. */
    @Test
    void anEventWithAKeyIsKeptOnce() throws Exception {
        List<TimedEvent> batch = IntStream.range(0, 10)
                .mapToObj(i -> new TimedEvent(NOW, login("user" + i), Optional.of("key." + i)))
                .toList();
        Callable<Boolean> keep = () -> {
            commit(tx -> events.append(tx, batch));
            return true;
        };

        UnitOfWorkContract.together(List.of(keep, keep, keep, keep));
        keep.call();

        assertThat(subjects(all())).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void anEventIsKeptWithItsUnitOfWorkOrNotAtAll() {
        List<String> told = new ArrayList<>();
        assertThatThrownBy(() -> commit(tx -> {
                    tx.afterCommit(() -> told.add("failed"));
                    events.append(tx, List.of(new TimedEvent(NOW, login("a"))));
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(all()).isEmpty();

        commit(tx -> {
            tx.afterCommit(() -> told.add(Thread.currentThread().getName()));
            events.append(tx, List.of(new TimedEvent(NOW, login("a"))));
            assertThat(told).as("not before the commit").isEmpty();
        });
        assertThat(all()).hasSize(1);
        assertThat(told)
                .as("by the caller")
                .containsExactly(Thread.currentThread().getName());
    }

    @Test
    void whatIsOldIsRemovedAndItsNumberIsNotUsedAgain() {
        for (int i = 0; i < 5; i++) {
            append(NOW.plusSeconds(i), login("user" + i));
        }
        long last = all().getLast().id();

        assertThat(count(tx -> events.removeBefore(tx, NOW.plusSeconds(4), 3))).isEqualTo(3);
        assertThat(count(tx -> events.removeBefore(tx, NOW.plusSeconds(4), 3))).isEqualTo(1);
        assertThat(subjects(all())).containsExactly("user4");
        assertThat(count(tx -> events.removeBefore(tx, NOW, 3)))
                .as("back in time there is nothing")
                .isZero();
        assertThat(count(tx -> events.removeBefore(tx, NOW.plusSeconds(9), 3))).isEqualTo(1);

        append(NOW, login("late"));
        assertThat(all().getFirst().id()).isGreaterThan(last);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_events set sub = 'somebody else'",
                "update audit_events set happened_at = 0",
                "delete from audit_events",
                "delete from audit_events where id = (select max(id) from audit_events)",
                "insert or replace into audit_events (id, happened_at, type, details)"
                        + " select max(id), 0, 'login', '{}' from audit_events",
                "update audit_removals set removed_before = 0",
                "update audit_removals set id = 2",
                "delete from audit_removals",
                "insert or replace into audit_removals (id, removed_before) values (1, 9999999999999)",
                "insert into audit_removals (id, removed_before) values (2, 9999999999999)"
            })
    void theStoreItselfRefusesToChangeWhatHappened(String statement) {
        refuses(statement);
    }

    void refuses(String statement) {
        append(NOW.minusSeconds(1), login("old"));
        append(NOW, login("alice"));
        commit(tx -> events.removeBefore(tx, NOW, 10));
        List<StoredEvent> before = all();

        assertThatThrownBy(() -> commit(tx -> database.in(tx).update(statement)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(all()).isEqualTo(before).hasSize(1);
    }
}
