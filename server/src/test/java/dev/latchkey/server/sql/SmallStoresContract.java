package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.key.StoredKey;
import dev.latchkey.server.key.StoredKeyStore;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.UsedTokenStore;
import dev.latchkey.server.push.PushedRequest;
import dev.latchkey.server.push.PushedRequestStore;
import dev.latchkey.server.session.ServiceTimeStore;
import dev.latchkey.server.session.ServiceTimeStore.Outage;
import dev.latchkey.server.token.RevokedTokenStore;
import dev.latchkey.server.user.FailureCount;
import dev.latchkey.server.user.LoginFailureStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys, failed logins, revoked tokens, pushed requests and service time. */
abstract class SmallStoresContract extends StoreContract {
    private StoredKeyStore keys;
    private LoginFailureStore failures;
    private RevokedTokenStore revoked;
    private ServiceTimeStore serviceTime;
    private UsedTokenStore assertions;
    private PushedRequestStore pushed;

    @BeforeEach
    void openStores() {
        keys = new SqlStoredKeyStore(database);
        failures = new SqlLoginFailureStore(database);
        revoked = new SqlRevokedTokenStore(database);
        serviceTime = new SqlServiceTimeStore(database);
        assertions = new SqlUsedTokenStore(database);
        pushed = new SqlPushedRequestStore(database);
    }

    @Test
    void keysComeBackAsTheyWereOldestFirst() {
        StoredKey young = new StoredKey("a", StoredKey.Purpose.SIGNING, "ES256", "sealed", NOW, NOW.plusSeconds(60));
        StoredKey old = new StoredKey("b", StoredKey.Purpose.REFRESH, "HS256", "", NOW.minusSeconds(9), NOW);
        commit(tx -> keys.insert(tx, young));
        commit(tx -> keys.insert(tx, old));

        assertThat(keys.list()).containsExactly(old, young);

        assertThat(did(tx -> keys.remove(tx, "b"))).isTrue();
        assertThat(did(tx -> keys.remove(tx, "b"))).isFalse();
        assertThat(keys.list()).containsExactly(young);
    }

    @Test
    void failuresAreCountedUntilTheyAreForgotten() {
        commit(tx -> failures.add(tx, "user:alice", NOW, NOW.minusSeconds(60)));
        commit(tx -> failures.add(tx, "user:alice", NOW.plusSeconds(1), NOW.minusSeconds(59)));
        assertThat(failures.find("user:alice")).contains(new FailureCount(2, NOW.plusSeconds(1)));

        commit(tx -> failures.add(tx, "user:alice", NOW.plusSeconds(99), NOW.plusSeconds(2)));
        assertThat(failures.find("user:alice")).contains(new FailureCount(1, NOW.plusSeconds(99)));
        assertThat(failures.find("user:bob")).isEmpty();
    }

    @Test
    void noFailureOfManyIsLost() throws Exception {
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            callers.add(() -> run(tx -> {
                failures.add(tx, "user:alice", NOW, NOW.minusSeconds(60));
                return true;
            }));
        }

        UnitOfWorkContract.together(callers);

        assertThat(failures.find("user:alice")).contains(new FailureCount(32, NOW));
    }

    @Test
    void failuresAreClearedAndRemoved() {
        for (int i = 0; i < 5; i++) {
            int second = i;
            commit(tx -> failures.add(tx, "address:" + second, NOW.plusSeconds(second), NOW));
        }

        commit(tx -> failures.clear(tx, "address:0"));
        assertThat(failures.find("address:0")).isEmpty();

        assertThat(count(tx -> failures.removeBefore(tx, NOW.plusSeconds(4), 2)))
                .isEqualTo(2);
        assertThat(failures.find("address:3")).as("the youngest goes last").isPresent();
        assertThat(count(tx -> failures.removeBefore(tx, NOW.plusSeconds(4), 2)))
                .isEqualTo(1);
        assertThat(failures.find("address:4")).isPresent();
    }

    @Test
    void aRevokedTokenIsRememberedUntilItExpires() {
        commit(tx -> revoked.add(tx, "jti-1", NOW));
        commit(tx -> revoked.add(tx, "jti-1", NOW));
        commit(tx -> revoked.add(tx, "jti-2", NOW.plusSeconds(1)));

        assertThat(revoked.isRevoked("jti-1")).isTrue();
        assertThat(revoked.isRevoked("jti-3")).isFalse();

        assertThat(count(tx -> revoked.removeExpiredBefore(tx, NOW.plusSeconds(1), 10)))
                .isEqualTo(1);
        assertThat(revoked.isRevoked("jti-1")).isFalse();
        assertThat(revoked.isRevoked("jti-2")).isTrue();
    }

    private static PushedRequest pushed(String hash, String client, long expiresIn) {
        Parameters parameters = Parameters.of("state", "a&b=ü", "resource", "https://a", "resource", "https://b");
        return new PushedRequest(hash, new ClientId(client), parameters, NOW.plusSeconds(expiresIn), Optional.empty());
    }

    @Test
    void aPushedRequestIsKeptUntilItIsUsed() {
        commit(tx -> pushed.insert(tx, pushed("a", "web", 60)));

        PushedRequest found = pushed.find("a").orElseThrow();
        assertThat(found.clientId()).isEqualTo(new ClientId("web"));
        assertThat(found.expiresAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(found.parameters().toForm())
                .isEqualTo(pushed("a", "web", 60).parameters().toForm());
        assertThat(did(tx -> pushed.use(tx, "b"))).isFalse();
        assertThat(did(tx -> pushed.use(tx, "a"))).isTrue();
        assertThat(did(tx -> pushed.use(tx, "a"))).isFalse();
        assertThat(pushed.find("a")).isEmpty();
    }

    @Test
    void aUseThatIsUndoneHasNotHappened() {
        commit(tx -> pushed.insert(tx, pushed("a", "web", 60)));

        assertThatThrownBy(() -> run(tx -> {
                    pushed.use(tx, "a");
                    throw new IllegalStateException("no code was stored");
                }))
                .hasMessageContaining("no code");

        assertThat(pushed.find("a")).isPresent();
    }

    @Test
    void pushedRequestsAreCountedByClientAndRemovedByAge() {
        for (int i = 0; i < 5; i++) {
            PushedRequest request = pushed("web-" + i, "web", i);
            commit(tx -> pushed.insert(tx, request));
        }
        commit(tx -> pushed.insert(tx, pushed("spa", "spa", 0)));

        assertThat(pushed.waitAsMany(new ClientId("web"), 5)).isTrue();
        assertThat(pushed.waitAsMany(new ClientId("web"), 6)).isFalse();
        assertThat(pushed.waitAsMany(new ClientId("spa"), 2)).isFalse();
        assertThat(pushed.waitAsMany(new ClientId("other"), 1)).isFalse();

        commit(tx -> pushed.begin(tx, "web-1", NOW));
        assertThat(pushed.waitAsMany(new ClientId("web"), 5)).isFalse();
        assertThat(pushed.begunAsMany(new ClientId("web"), 1)).isTrue();
        assertThat(pushed.begunAsMany(new ClientId("web"), 2)).isFalse();
        assertThat(pushed.begunAsMany(new ClientId("spa"), 1)).isFalse();
        assertThat(count(tx -> pushed.removeExpired(tx, NOW.plusSeconds(3), NOW, 2)))
                .isEqualTo(2);
        assertThat(count(tx -> pushed.removeExpired(tx, NOW.plusSeconds(3), NOW, 2)))
                .isEqualTo(1);
        assertThat(pushed.find("web-1")).as("a login has begun").isPresent();
        assertThat(pushed.find("web-3")).isPresent();
        assertThat(count(tx -> pushed.removeExpired(tx, NOW.plusSeconds(3), NOW.plusSeconds(1), 2)))
                .isEqualTo(1);
        assertThat(pushed.find("web-1")).isEmpty();
    }

    @Test
    void aLoginForAPushedRequestBeginsOnce() {
        commit(tx -> pushed.insert(tx, pushed("a", "web", 60)));

        commit(tx -> pushed.begin(tx, "a", NOW));
        commit(tx -> pushed.begin(tx, "a", NOW.plusSeconds(9)));

        assertThat(pushed.find("a").orElseThrow().begunAt()).contains(NOW);
    }

    @Test
    void anAssertionIsUsedOnce() {
        assertThat(did(tx -> assertions.use(tx, "web", "a", NOW))).isTrue();
        assertThat(did(tx -> assertions.use(tx, "web", "a", NOW.plusSeconds(9))))
                .isFalse();
        assertThat(did(tx -> assertions.use(tx, "web", "b", NOW.plusSeconds(1))))
                .isTrue();
        assertThat(did(tx -> assertions.use(tx, "app", "a", NOW.plusSeconds(2))))
                .isTrue();

        assertThat(count(tx -> assertions.removeExpiredBefore(tx, NOW.plusSeconds(2), 1)))
                .isEqualTo(1);
        assertThat(did(tx -> assertions.use(tx, "web", "b", NOW)))
                .as("the oldest went")
                .isFalse();
        assertThat(count(tx -> assertions.removeExpiredBefore(tx, NOW.plusSeconds(2), 10)))
                .isEqualTo(1);
        assertThat(did(tx -> assertions.use(tx, "web", "a", NOW))).isTrue();
        assertThat(did(tx -> assertions.use(tx, "app", "a", NOW))).isFalse();
    }

    @Test
    void ofManyUsesOfAnAssertionOneWins() throws Exception {
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            callers.add(() -> run(tx -> assertions.use(tx, "web", "a", NOW)));
        }

        assertThat(UnitOfWorkContract.together(callers)).containsOnlyOnce(true).hasSize(32);
    }

    @Test
    void theLastSignOfLifeIsKept() {
        assertThat(serviceTime.lastSeen()).isEmpty();

        commit(tx -> serviceTime.saveLastSeen(tx, NOW));
        commit(tx -> serviceTime.saveLastSeen(tx, NOW.plusSeconds(1)));

        assertThat(serviceTime.lastSeen()).contains(NOW.plusSeconds(1));

        commit(tx -> serviceTime.saveLastSeen(tx, NOW));
        assertThat(serviceTime.lastSeen()).as("a later one is kept").contains(NOW.plusSeconds(1));

        commit(tx -> serviceTime.saveLastSeen(tx, NOW.minusSeconds(3600)));
        assertThat(serviceTime.lastSeen()).as("unless a wrong clock told it").contains(NOW.minusSeconds(3600));
    }

    @Test
    void outagesThatEndedAfterAnInstantAreFound() {
        Outage first = new Outage(NOW.minusSeconds(60), NOW.minusSeconds(50));
        Outage second = new Outage(NOW.minusSeconds(10), NOW);
        commit(tx -> serviceTime.addOutage(tx, first));
        commit(tx -> serviceTime.addOutage(tx, second));

        assertThat(serviceTime.outagesSince(NOW.minusSeconds(51))).containsExactlyInAnyOrder(first, second);
        assertThat(serviceTime.outagesSince(NOW.minusSeconds(50))).containsExactly(second);
    }
}
