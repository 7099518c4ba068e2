package dev.latchkey.server.sql;

import static dev.latchkey.server.sql.SessionStoreContract.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.push.PushSettings;
import dev.latchkey.server.push.PushedRequest;
import dev.latchkey.server.push.PushedRequests;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests a client may leave with the server, when it pushes them all at the same time. */
abstract class PushRaceContract extends StoreContract {
    private static final int MOST = 5;
    private static final int PUSHES = 32;

    private final Client client = SessionStoreContract.client(WEB, false);
    private SqlPushedRequestStore store;
    private PushedRequests requests;

    /** How many units of work may run beside another. */
    abstract int beside();

    @BeforeEach
    void openStore() {
        store = new SqlPushedRequestStore(database);
        requests = new PushedRequests(
                store,
                database,
                new PushSettings(Duration.ofMinutes(1), MOST, false),
                InstantSource.fixed(NOW),
                new SecureRandom());
    }

    private PushedRequest made() {
        return requests.make(WEB, Parameters.of("client_id", WEB.value())).request();
    }

    private boolean push() {
        try {
            return requests.keep(made(), client, _ -> true);
        } catch (OAuthException _) {
            return false;
        }
    }

    @Test
    void noMoreArePushedAtTheSameTimeThanMayWait() throws Exception {
        List<Callable<Boolean>> pushes = IntStream.range(0, PUSHES)
                .<Callable<Boolean>>mapToObj(_ -> this::push)
                .toList();

        long kept = UnitOfWorkContract.together(pushes).stream()
                .filter(isKept -> isKept)
                .count();

        assertThat(kept).isBetween((long) MOST, (long) MOST + beside());
        assertThat(store.waitAsMany(WEB, (int) kept)).isTrue();
        assertThat(store.waitAsMany(WEB, (int) kept + 1)).isFalse();
        assertThat(push()).isFalse();
    }

    @Test
    void noMoreLoginsBeginAtTheSameTimeThanMay() throws Exception {
        List<PushedRequest> waiting = new ArrayList<>();
        for (int i = 0; i < PUSHES; i++) {
            PushedRequest request = made();
            commit(tx -> store.insert(tx, request));
            waiting.add(request);
        }

        UnitOfWorkContract.together(waiting.stream()
                .<Callable<Boolean>>map(request -> () -> {
                    requests.begin(request, client);
                    return true;
                })
                .toList());

        assertThat(store.begunAsMany(WEB, MOST)).isTrue();
        assertThat(store.begunAsMany(WEB, MOST + beside() + 1)).isFalse();
    }
}
