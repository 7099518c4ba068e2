package dev.latchkey.server.sql;

import static dev.latchkey.server.sql.SessionStoreContract.ALICE;
import static dev.latchkey.server.sql.SessionStoreContract.WEB;
import static dev.latchkey.server.sql.SessionStoreContract.client;
import static dev.latchkey.server.sql.SessionStoreContract.id;
import static dev.latchkey.server.sql.SessionStoreContract.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.server.session.StatusIndexStore;
import dev.latchkey.server.session.StatusIndexes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the status lists are made of: indexes that nobody else has, and the sessions that were revoked. */
abstract class StatusListContract extends StoreContract {
    private SqlUserStore users;
    private SqlClientStore clients;
    private SessionStore sessions;

    @BeforeEach
    void openStores() {
        users = new SqlUserStore(database);
        clients = new SqlClientStore(database);
        sessions = new SqlSessionStore(database);
        run(tx -> users.insert(tx, UserStoreContract.user(ALICE.value(), "alice")));
        commit(tx -> clients.save(tx, client(WEB, false)));
    }

    private void begun(int number, Instant createdAt) {
        commit(tx -> sessions.insert(tx, session(number, createdAt)));
    }

    private Session stored(int number) {
        return sessions.find(id(number)).orElseThrow();
    }

    private List<Long> toldSince(Instant instant) {
        return sessions.listRevokedSince(instant).stream()
                .map(StatusIndex::value)
                .sorted()
                .toList();
    }

    @Test
    void theListsTellOfWhatWasRevokedLatelyAndOfNothingElse() {
        begun(1, NOW);
        begun(2, NOW);
        begun(3, NOW);

        assertThat(toldSince(NOW)).isEmpty();
        assertThat(did(tx -> sessions.revoke(tx, id(1), NOW.plusSeconds(1)))).isTrue();
        assertThat(did(tx -> sessions.revoke(tx, id(3), NOW.plusSeconds(3)))).isTrue();

        assertThat(toldSince(NOW)).containsExactly(101L, 103L);
        assertThat(toldSince(NOW.plusSeconds(3))).containsExactly(103L);
        assertThat(toldSince(NOW.plusSeconds(4))).isEmpty();
    }

    @Test
    void allSessionsAtAClientEndSoManyAtATime() {
        begun(1, NOW);
        begun(2, NOW);
        begun(3, NOW);
        Instant now = NOW.plusSeconds(1);

        assertThat(count(tx -> sessions.revokeAll(tx, new ClientId("other"), now, 9)))
                .isZero();
        assertThat(count(tx -> sessions.revokeAll(tx, WEB, now, 2))).isEqualTo(2);
        assertThat(toldSince(now)).hasSize(2);
        assertThat(count(tx -> sessions.revokeAll(tx, WEB, now, 2))).isEqualTo(1);
        assertThat(count(tx -> sessions.revokeAll(tx, WEB, now, 2))).isZero();
        assertThat(toldSince(now)).containsExactly(101L, 102L, 103L);
    }

    @Test
    void aSessionWhoseUserHasChangedSinceHasEndedAsItBegins() {
        commit(tx -> users.changePassword(tx, ALICE, "another"));
        begun(1, NOW);

        assertThat(stored(1).isLive(NOW)).isFalse();
        assertThat(toldSince(NOW)).containsExactly(101L);
    }

    @Test
    void aSessionOfADisabledUserHasEndedAsItBegins() {
        commit(tx -> users.setDisabled(tx, ALICE, true));
        begun(1, NOW);

        assertThat(toldSince(NOW)).containsExactly(101L);
    }

    @Test
    void aSessionWhoseClientHasGoneHasEndedAsItBegins() {
        commit(tx -> clients.save(tx, client(WEB, true)));
        begun(1, NOW);
        commit(tx -> clients.remove(tx, WEB));
        begun(2, NOW);

        assertThat(toldSince(NOW)).containsExactly(101L, 102L);
    }

    @Test
    void anIndexIsRetiredAndTheSessionGoesOnUnderAnother() {
        begun(1, NOW);
        StatusIndex next = new StatusIndex(500);

        assertThat(did(tx -> sessions.retireStatusIndex(tx, id(1), next, NOW.plusSeconds(5))))
                .isTrue();

        assertThat(stored(1).statusIndex()).contains(next);
        assertThat(stored(1).isLive(NOW.plusSeconds(5))).isTrue();
        assertThat(toldSince(NOW.plusSeconds(5))).containsExactly(101L);
        assertThat(toldSince(NOW.plusSeconds(6))).isEmpty();
        assertThat(count(tx -> sessions.removeRetiredBefore(tx, NOW.plusSeconds(5), 9)))
                .isZero();
        assertThat(count(tx -> sessions.removeRetiredBefore(tx, NOW.plusSeconds(6), 9)))
                .isEqualTo(1);
        assertThat(toldSince(NOW)).isEmpty();
        assertThat(did(tx -> sessions.retireStatusIndex(tx, id(9), next, NOW))).isFalse();
    }

    private StatusIndexes indexes(StatusIndexStore store) {
        return new StatusIndexes(store, database, new SqlEpochStore(database)::current, new SecureRandom());
    }

    @Test
    void callersOnSeveralInstancesNeverGetTheSameIndex() throws Exception {
        StatusIndexStore store = new SqlStatusIndexStore(database);
        List<StatusIndexes> instances = List.of(indexes(store), indexes(store));
        List<Callable<List<StatusIndex>>> callers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            StatusIndexes instance = instances.get(i % 2);
            callers.add(() -> Stream.generate(instance::next).limit(500).toList());
        }

        List<StatusIndex> given = UnitOfWorkContract.together(callers).stream()
                .flatMap(List::stream)
                .toList();

        assertThat(given).hasSize(8_000).doesNotHaveDuplicates();
        assertThat(given).allMatch(index -> index.value() < store.reserved());
        StatusIndex afterRestart = indexes(store).next();
        assertThat(given).doesNotContain(afterRestart);
    }

    /** One of 512 writes; the order tells nothing. */
    @Test
    void indexesAreReservedInBlocksAndComeInNoOrder() {
        StatusIndexStore store = new SqlStatusIndexStore(database);
        StatusIndexes indexes = indexes(store);
        long before = database.commits();

        List<Long> given = Stream.generate(indexes::next)
                .limit(2_000)
                .map(StatusIndex::value)
                .toList();

        assertThat(database.commits() - before).isLessThanOrEqualTo(3);
        assertThat(given.subList(0, 500))
                .isNotEqualTo(given.subList(0, 500).stream().sorted().toList());
    }
}
