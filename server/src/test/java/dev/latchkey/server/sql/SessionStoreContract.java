package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.Credential;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.session.Rotation;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.session.StatusIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class SessionStoreContract extends StoreContract {
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final KeyThumbprint KEY = new KeyThumbprint("k".repeat(43));
    static final UserId ALICE = new UserId("alice-id");

    static final ClientId WEB = new ClientId("web");

    private SqlUserStore users;
    private SessionStore sessions;

    @BeforeEach
    void openStores() {
        users = new SqlUserStore(database);
        sessions = new SqlSessionStore(database);
        SqlClientStore clients = new SqlClientStore(database);
        run(tx -> users.insert(tx, UserStoreContract.user(ALICE.value(), "alice")));
        commit(tx -> clients.save(tx, client(WEB, false)));
    }

    static Client client(ClientId id, boolean disabled) {
        return new Client(
                id,
                new Credential.None(),
                ClientMetadata.of("Orders web", List.of(), Set.of(), AuthenticationMethod.NONE, Scope.NONE),
                disabled,
                Origin.COMMAND,
                NOW);
    }

    static SessionId id(int number) {
        byte[] bytes = new byte[SessionId.BYTES];
        bytes[0] = (byte) number;
        return SessionId.of(bytes);
    }

    static Session session(int number, Instant createdAt) {
        return new Session(
                id(number),
                ALICE,
                WEB,
                Scope.of("openid", "orders:read"),
                List.of("https://orders.example"),
                1,
                createdAt.minusSeconds(5),
                createdAt,
                createdAt,
                createdAt.plus(LIFETIME),
                1,
                createdAt,
                Optional.empty(),
                Optional.empty(),
                RequestedClaims.NONE,
                Optional.of(new StatusIndex(100 + number)),
                Optional.of(KEY));
    }

    private Session begun(int number, Instant createdAt) {
        Session session = session(number, createdAt);
        commit(tx -> sessions.insert(tx, session));
        return session;
    }

    private Session stored(int number) {
        return sessions.find(id(number)).orElseThrow();
    }

    private Rotation rotate(int number, long generation, Instant now) {
        Rotation.Attempt attempt = new Rotation.Attempt(generation, now, now.plus(LIFETIME), now.minus(GRACE));
        return run(tx -> sessions.rotate(tx, id(number), attempt));
    }

    @Test
    void aSessionComesBackAsItWas() {
        Session session = begun(1, NOW);

        assertThat(sessions.find(id(1))).contains(session);
        assertThat(sessions.find(id(2))).isEmpty();
    }

    @Test
    void aRefreshMovesTheGenerationAndTheExpiry() {
        begun(1, NOW);
        Instant later = NOW.plusSeconds(60);

        assertThat(rotate(1, 1, later)).isEqualTo(new Rotation.Rotated(2));

        Session moved = stored(1);
        assertThat(moved.generation()).isEqualTo(2);
        assertThat(moved.rotatedAt()).isEqualTo(later);
        assertThat(moved.lastUsedAt()).isEqualTo(later);
        assertThat(moved.expiresAt()).isEqualTo(later.plus(LIFETIME));
        assertThat(moved.createdAt()).isEqualTo(NOW);
        assertThat(moved.key()).as("is settled when the session begins").contains(KEY);
    }

    @Test
    void ofManyRefreshesWithOneTokenOneMovesAndTheOthersGetTheSame() throws Exception {
        begun(1, NOW);
        List<Callable<Rotation>> callers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            callers.add(() -> rotate(1, 1, NOW.plusSeconds(1)));
        }

        List<Rotation> answers = UnitOfWorkContract.together(callers);

        assertThat(answers).containsOnlyOnce(new Rotation.Rotated(2));
        assertThat(answers).filteredOn(new Rotation.Repeated(2)::equals).hasSize(31);
        assertThat(stored(1).generation()).isEqualTo(2);
    }

    @Test
    void ofManyRefreshesWithOneTokenWithoutGraceOneMovesAndTheSessionEnds() throws Exception {
        begun(1, NOW);
        Rotation.Attempt attempt = new Rotation.Attempt(1, NOW, NOW.plus(LIFETIME), NOW.plusMillis(1));
        List<Callable<Rotation>> callers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            callers.add(() -> run(tx -> sessions.rotate(tx, id(1), attempt)));
        }

        List<Rotation> answers = UnitOfWorkContract.together(callers);

        assertThat(answers).containsOnlyOnce(new Rotation.Rotated(2));
        assertThat(answers).containsOnlyOnce(new Rotation.Replayed());
        assertThat(answers).filteredOn(new Rotation.Ended()::equals).hasSize(30);
        assertThat(stored(1).isLive(NOW)).isFalse();
    }

    @Test
    void theSameSuccessorIsGivenUntilTheGraceIsOver() {
        begun(1, NOW);
        Instant rotatedAt = NOW.plusSeconds(60);
        rotate(1, 1, rotatedAt);

        assertThat(rotate(1, 1, rotatedAt.plus(GRACE))).isEqualTo(new Rotation.Repeated(2));
        assertThat(stored(1).rotatedAt()).as("a repetition prolongs nothing").isEqualTo(rotatedAt);
        Instant tooLate = rotatedAt.plus(GRACE).plusMillis(1);
        assertThat(rotate(1, 1, tooLate)).isEqualTo(new Rotation.Replayed());

        assertThat(stored(1).revokedAt()).contains(tooLate);
        assertThat(rotate(1, 2, tooLate)).isEqualTo(new Rotation.Ended());
    }

    @Test
    void onceTheSuccessorIsUsedThePreviousOneIsAReplay() {
        begun(1, NOW);
        rotate(1, 1, NOW.plusMillis(1));
        rotate(1, 2, NOW.plusMillis(2));

        assertThat(rotate(1, 1, NOW.plusMillis(3))).isEqualTo(new Rotation.Replayed());

        assertThat(stored(1).isLive(NOW.plusMillis(3))).isFalse();
    }

    @Test
    void aNewerGenerationThanTheStoreKnowsIsCaughtUpWith() {
        begun(1, NOW);

        assertThat(rotate(1, 5, NOW.plusSeconds(1))).isEqualTo(new Rotation.Rotated(6));

        assertThat(stored(1).generation()).isEqualTo(6);
    }

    @Test
    void whatHasEndedIsNotRefreshed() {
        begun(1, NOW);
        begun(2, NOW);
        run(tx -> sessions.revoke(tx, id(2), NOW));
        Instant expiry = NOW.plus(LIFETIME);

        assertThat(rotate(1, 1, expiry)).as("expired").isEqualTo(new Rotation.Ended());
        assertThat(rotate(2, 1, NOW)).as("revoked").isEqualTo(new Rotation.Ended());
        assertThat(rotate(3, 1, NOW)).as("unknown").isEqualTo(new Rotation.Ended());
        assertThat(rotate(1, 1, expiry.minusMillis(1))).as("in the last moment").isEqualTo(new Rotation.Rotated(2));
    }

    @Test
    void aDisabledUserEndsTheSessionForGood() {
        begun(1, NOW);
        run(tx -> users.setDisabled(tx, ALICE, true));
        assertThat(rotate(1, 1, NOW)).isEqualTo(new Rotation.Ended());

        run(tx -> users.setDisabled(tx, ALICE, false));
        assertThat(rotate(1, 1, NOW)).as("nor does it come back").isEqualTo(new Rotation.Ended());
    }

    @Test
    void aNewPasswordEndsTheSessionAtTheNextUse() {
        begun(1, NOW);
        assertThat(rotate(1, 1, NOW)).isEqualTo(new Rotation.Rotated(2));
        run(tx -> users.changePassword(tx, ALICE, "new hash"));
        assertThat(rotate(1, 2, NOW)).isEqualTo(new Rotation.Ended());
        assertThat(rotate(1, 1, NOW)).as("not even in the grace").isEqualTo(new Rotation.Ended());
    }

    @Test
    void theLiveSessionsOfAUserAreListedNewestFirst() {
        begun(1, NOW);
        begun(2, NOW.plusSeconds(2));
        begun(3, NOW.plusSeconds(1));
        begun(4, NOW.minus(LIFETIME));
        run(tx -> sessions.revoke(tx, id(3), NOW.plusSeconds(3)));

        assertThat(sessions.listLive(ALICE, NOW.plusSeconds(3), 10))
                .map(Session::id)
                .containsExactly(id(2), id(1));
        assertThat(sessions.listLive(ALICE, NOW.plusSeconds(3), 1))
                .map(Session::id)
                .containsExactly(id(2));
        assertThat(sessions.listLive(new UserId("bob-id"), NOW, 10)).isEmpty();
    }

    @Test
    void aSessionIsRevokedOnce() {
        begun(1, NOW);

        assertThat(did(tx -> sessions.revoke(tx, id(1), NOW.plusSeconds(1)))).isTrue();
        assertThat(did(tx -> sessions.revoke(tx, id(1), NOW.plusSeconds(2)))).isFalse();
        assertThat(did(tx -> sessions.revoke(tx, id(2), NOW))).isFalse();

        assertThat(stored(1).revokedAt()).contains(NOW.plusSeconds(1));
    }

    @Test
    void allLiveSessionsOfAUserAreRevoked() {
        begun(1, NOW.minusSeconds(1));
        begun(2, NOW);
        begun(3, NOW.minus(LIFETIME));

        assertThat(count(tx -> sessions.revokeAll(tx, new UserId("bob-id"), NOW).size()))
                .isZero();
        List<Session> revoked = run(tx -> sessions.revokeAll(tx, ALICE, NOW));
        assertThat(revoked).map(Session::id).containsExactly(id(2), id(1));

        assertThat(sessions.listLive(ALICE, NOW, 10)).isEmpty();
        assertThat(stored(3).revokedAt()).isEmpty();
    }

    @Test
    void whatEndedLongAgoIsRemovedAndNothingElse() {
        begun(1, NOW.minus(LIFETIME).minusSeconds(10)); // expired
        begun(2, NOW.minus(LIFETIME).minusSeconds(10)); // would have, but was refreshed
        rotate(2, 1, NOW.minusSeconds(20));
        begun(3, NOW.minusSeconds(30)); // revoked
        run(tx -> sessions.revoke(tx, id(3), NOW.minusSeconds(10)));
        begun(4, NOW.minusSeconds(30)); // revoked, but just now
        run(tx -> sessions.revoke(tx, id(4), NOW));
        begun(5, NOW);

        // two are removed, and one is to be looked at again
        assertThat(count(tx -> sessions.sweep(tx, NOW, 10))).isEqualTo(3);

        assertThat(sessions.find(id(1))).isEmpty();
        assertThat(sessions.find(id(3))).isEmpty();
        assertThat(List.of(stored(2), stored(4), stored(5))).hasSize(3);
        assertThat(count(tx -> sessions.sweep(tx, NOW, 10))).isZero();
        Instant farAway = NOW.plus(LIFETIME).plusSeconds(1);
        assertThat(count(tx -> sessions.sweep(tx, farAway, 2))).isEqualTo(2);
        assertThat(count(tx -> sessions.sweep(tx, farAway, 2))).isEqualTo(1);
    }

    @Test
    void aSweepComesToAnEndHoweverManySessionsWereRefreshedOrRevokedLater() {
        for (int i = 1; i <= 7; i++) {
            begun(i, NOW.minus(LIFETIME).minusSeconds(10L * i));
        }
        rotate(6, 1, NOW.minusSeconds(100));
        rotate(7, 1, NOW.minusSeconds(100));
        run(tx -> sessions.revoke(tx, id(6), NOW.minusSeconds(5)));

        int batches = 1;
        while (count(tx -> sessions.sweep(tx, NOW.minusSeconds(15), 2)) >= 2) {
            batches++;
        }

        assertThat(batches).isBetween(2, 5);
        // the first has just expired, the sixth has just been revoked, the last is live
        assertThat(IntStream.rangeClosed(1, 7).filter(i -> sessions.find(id(i)).isPresent()))
                .containsExactly(1, 6, 7);
    }
}
