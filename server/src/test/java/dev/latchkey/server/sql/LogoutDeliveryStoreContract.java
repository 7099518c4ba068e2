package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.signout.LogoutDelivery;
import dev.latchkey.server.signout.LogoutDeliveryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue of logouts that clients have to be told of. */
abstract class LogoutDeliveryStoreContract extends StoreContract {
    private static final Instant LATER = NOW.plusSeconds(60);

    private LogoutDeliveryStore deliveries;

    @BeforeEach
    void openStore() {
        deliveries = new SqlLogoutDeliveryStore(database);
    }

    private LogoutDelivery add(String id, String client, Instant dueAt) {
        LogoutDelivery delivery = new LogoutDelivery(
                id, new ClientId(client), new UserId("alice-id"), new SessionId("s".repeat(22)), NOW, dueAt, 0);
        commit(tx -> deliveries.insert(tx, delivery));
        return delivery;
    }

    @Test
    void whatIsDueComesBackAsItWasInItsOrder() {
        LogoutDelivery second = add("a", "web", NOW);
        LogoutDelivery first = add("b", "web", NOW.minusSeconds(1));
        add("c", "web", LATER);

        assertThat(deliveries.listDue(NOW, 10)).containsExactly(first, second);
        assertThat(deliveries.listDue(NOW, 1)).containsExactly(first);
    }

    @Test
    void whatIsClaimedIsDueAgainLaterUnlessItIsRemoved() {
        LogoutDelivery delivery = add("a", "web", NOW);

        assertThat(did(tx -> deliveries.claim(tx, delivery, LATER))).isTrue();
        assertThat(did(tx -> deliveries.claim(tx, delivery, LATER))).isFalse();
        assertThat(deliveries.listDue(NOW, 10)).isEmpty();
        LogoutDelivery again = deliveries.listDue(LATER, 10).getFirst();
        assertThat(again.tries()).isEqualTo(1);
        assertThat(did(tx -> deliveries.claim(tx, again, LATER.plusSeconds(60))))
                .isTrue();

        commit(tx -> deliveries.remove(tx, again));
        assertThat(deliveries.listDue(LATER.plusSeconds(99), 10)).isEmpty();
        assertThat(did(tx -> deliveries.claim(tx, again, LATER))).isFalse();
    }

    @Test
    void aClientThatDoesNotAnswerHasEverythingPostponed() {
        LogoutDelivery tried = add("a", "web", NOW);
        add("b", "web", NOW);
        LogoutDelivery other = add("c", "other", NOW);
        commit(tx -> deliveries.claim(tx, tried, NOW.plusSeconds(30)));

        commit(tx -> deliveries.postpone(tx, tried, NOW, LATER));

        assertThat(deliveries.listDue(NOW.plusSeconds(59), 10)).containsExactly(other);
        assertThat(deliveries.listDue(LATER, 10)).extracting(LogoutDelivery::id).containsExactly("c", "a", "b");
    }

    @Test
    void ofManyWorkersOneMakesTheTry() throws Exception {
        LogoutDelivery delivery = add("a", "web", NOW);
        Callable<Boolean> worker = () -> did(tx -> deliveries.claim(tx, delivery, LATER));

        try (var threads = Executors.newFixedThreadPool(32)) {
            List<Boolean> won = threads.invokeAll(Collections.nCopies(32, worker)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(won).containsOnlyOnce(true);
        }
    }

    @Test
    void whatIsOldIsRemoved() {
        add("a", "web", LATER);

        assertThat(count(tx -> deliveries.removeCreatedBefore(tx, NOW, 10))).isZero();
        assertThat(count(tx -> deliveries.removeCreatedBefore(tx, NOW.plus(Duration.ofMillis(1)), 10)))
                .isEqualTo(1);
    }
}
