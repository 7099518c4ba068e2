package dev.latchkey.server.sql;

import static dev.latchkey.server.sql.SessionStoreContract.ALICE;
import static dev.latchkey.server.sql.SessionStoreContract.WEB;
import static dev.latchkey.server.sql.SessionStoreContract.client;
import static dev.latchkey.server.sql.SessionStoreContract.id;
import static dev.latchkey.server.sql.SessionStoreContract.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.epoch.EpochStore;
import dev.latchkey.server.session.Rotation;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.session.StatusIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends with an epoch, and that one begins once. */
abstract class EpochStoreContract extends StoreContract {
    private static final Instant RESTORED = NOW.plusSeconds(60);

    private EpochStore epochs;
    private SessionStore sessions;
    private SqlStatusIndexStore indexes;

    @BeforeEach
    void openStores() {
        epochs = new SqlEpochStore(database);
        sessions = new SqlSessionStore(database);
        indexes = new SqlStatusIndexStore(database);
        run(tx -> new SqlUserStore(database).insert(tx, UserStoreContract.user(ALICE.value(), "alice")));
        commit(tx -> new SqlClientStore(database).save(tx, client(WEB, false)));
    }

    private Epoch begin(Instant now) {
        return run(tx -> epochs.begin(tx, now));
    }

    @Test
    void theFirstOneEndsNothing() {
        Epoch first = epochs.current();

        assertThat(first.number()).isZero();
        assertThat(first.isAfter(Instant.EPOCH)).isFalse();
        assertThat(first.isAfter(Instant.EPOCH, Duration.ofDays(1))).isFalse();
        assertThat(first.endedLists().contains(0)).isFalse();
        assertThat(first.isCopy()).isFalse();
    }

    @Test
    void noSessionTakesAGenerationAnyMoreNotEvenANewerOne() {
        commit(tx -> sessions.insert(tx, session(1, NOW)));

        Epoch begun = begin(RESTORED);

        assertThat(epochs.current()).isEqualTo(begun);
        assertThat(sessions.find(id(1)).orElseThrow().revokedAt()).contains(RESTORED);
        for (long generation = 1; generation < 9; generation++) {
            Rotation.Attempt attempt =
                    new Rotation.Attempt(generation, RESTORED, RESTORED.plusSeconds(60), Instant.EPOCH);
            assertThat(this.<Rotation>run(tx -> sessions.rotate(tx, id(1), attempt)))
                    .isEqualTo(new Rotation.Ended());
        }
    }

    @Test
    void codesPushedRequestsAndInitialAccessTokensAreRemoved() {
        commit(tx -> database.in(tx)
                .update(
                        "insert into pushed_requests (hash, client_id, parameters, expires_at) values ('h', 'web',"
                                + " 'p', ?)",
                        RESTORED.plusSeconds(60)));
        commit(tx -> database.in(tx)
                .update(
                        "insert into authorization_codes (hash, client_id, redirect_uri, browser_session, user_id,"
                                + " credential_version, auth_time, session_id, scope, audience, claims, expires_at,"
                                + " failed_tries) values ('h', 'web', 'u', 'b', 'a', 1, 1, 's', '', '[]', '', ?, 0)",
                        RESTORED.plusSeconds(60)));
        commit(tx -> new SqlInitialAccessTokenStore(database).insert(tx, "hash", 5, RESTORED.plusSeconds(60)));

        begin(RESTORED);

        for (String table : List.of("authorization_codes", "pushed_requests", "initial_access_tokens")) {
            assertThat(database.<List<Boolean>>read(sql -> sql.list("select 1 from " + table, _ -> true)))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    void noStatusIndexIsGivenOutTwiceHoweverOftenOneBackupIsRestored() {
        long before = run(tx -> indexes.reserve(tx, 1024));
        Epoch once = begin(RESTORED);
        long first = run(tx -> indexes.reserve(tx, 1024));
        // the same backup again, with what it knew
        commit(tx -> database.in(tx).update("update epoch set number = 0, began_at = 0, first_status_index = 0"));
        commit(tx -> database.in(tx).update("update status_indexes set reserved = 1024"));
        begin(RESTORED.plusSeconds(2));
        long second = run(tx -> indexes.reserve(tx, 1024));

        assertThat(first).isEqualTo(once.firstStatusIndex()).isGreaterThan(before + 1024L * StatusIndex.LIST_SIZE);
        assertThat(second).isGreaterThanOrEqualTo(first + StatusIndex.LIST_SIZE);
        assertThat(once.endedLists()).isEqualTo(new Epoch.Lists(0, 65));
    }

    @Test
    void aClockThatWasSetBackGivesOutNoIndexTwiceEither() {
        begin(RESTORED);
        long first = run(tx -> indexes.reserve(tx, 1024));

        Epoch next = begin(Instant.EPOCH.plusSeconds(9));

        assertThat(next.firstStatusIndex()).isGreaterThan(first + 1023);
        assertThat(next.endedLists().contains(new StatusIndex(first).list())).isTrue();
    }

    @Test
    void aSessionWithAnIndexFromBeforeEndsAsItBegins() {
        begin(RESTORED);

        commit(tx -> sessions.insert(tx, session(1, RESTORED.plusSeconds(1))));

        assertThat(sessions.find(id(1)).orElseThrow().revokedAt()).isPresent();
    }

    @Test
    void ofManyWhoFindACopyOneBeginsTheEpoch() throws Exception {
        commit(tx -> database.in(tx).update("update epoch set is_copy = ?", true));
        assertThat(epochs.current().isCopy()).isTrue();
        List<Callable<Optional<Epoch>>> instances = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            instances.add(() -> run(tx -> epochs.beginInCopy(tx, RESTORED)));
        }

        List<Optional<Epoch>> begun = UnitOfWorkContract.together(instances);

        assertThat(begun.stream().flatMap(Optional::stream)).hasSize(1);
        assertThat(epochs.current().number()).isEqualTo(1);
        assertThat(epochs.current().isCopy()).isFalse();
    }

    @Test
    void theSecondInWhichItBeginsCounts() {
        Epoch epoch = begin(RESTORED);

        assertThat(epoch.isAfter(RESTORED.minusSeconds(1))).isTrue();
        assertThat(epoch.isAfter(Instant.ofEpochSecond(RESTORED.getEpochSecond())))
                .isFalse();
        assertThat(epoch.isAfter(RESTORED.plusSeconds(29), Duration.ofSeconds(30)))
                .isTrue();
        assertThat(epoch.isAfter(RESTORED.plusSeconds(30), Duration.ofSeconds(30)))
                .isFalse();
    }
}
