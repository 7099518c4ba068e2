package dev.latchkey.server.sql;

import static dev.latchkey.server.sql.SessionStoreContract.ALICE;
import static dev.latchkey.server.sql.SessionStoreContract.WEB;
import static dev.latchkey.server.sql.SessionStoreContract.id;
import static dev.latchkey.server.sql.SessionStoreContract.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an instance that still runs stores at the very moment in which an epoch begins: it ends too. */
abstract class EpochRaceContract extends StoreContract {
    private SqlSessionStore sessions;
    private SqlBrowserSessionStore browserSessions;
    private SqlAuthorizationCodeStore codes;

    @BeforeEach
    void openStores() {
        sessions = new SqlSessionStore(database);
        browserSessions = new SqlBrowserSessionStore(database);
        codes = new SqlAuthorizationCodeStore(database);
        run(tx -> new SqlUserStore(database).insert(tx, UserStoreContract.user(ALICE.value(), "alice")));
        commit(tx -> new SqlClientStore(database).save(tx, SessionStoreContract.client(WEB, false)));
    }

    private void begin(Transaction tx) {
        new SqlEpochStore(database).begin(tx, NOW.plusSeconds(1));
    }

    private void insertSession(Transaction tx) {
        sessions.insert(tx, session(1, NOW));
    }

    private void redeem(Transaction tx) {
        if (codes.redeem(tx, RaceContract.code().hash(), NOW)) {
            insertSession(tx);
        }
    }

    private boolean hasLiveSession() {
        return sessions.find(id(1))
                .map(Session::revokedAt)
                .filter(revoked -> revoked.isEmpty())
                .isPresent();
    }

    @Test
    void aSessionThatIsBegunBeforeIt() throws Exception {
        inEachOther(this::insertSession, this::begin);

        assertThat(hasLiveSession()).isFalse();
    }

    @Test
    void aSessionThatIsBegunMeanwhile() throws Exception {
        inEachOther(this::begin, this::insertSession);

        assertThat(hasLiveSession()).isFalse();
    }

    @Test
    void aBrowserSession() throws Exception {
        inEachOther(tx -> browserSessions.save(tx, RaceContract.browserSession()), this::begin);

        assertThat(browserSessions.listLive(ALICE, NOW.plusSeconds(2), 9)).isEmpty();
    }

    @Test
    void aCodeThatIsGivenOut() throws Exception {
        commit(tx -> browserSessions.save(tx, RaceContract.browserSession()));

        inEachOther(tx -> codes.insert(tx, RaceContract.code()), this::begin);
        commit(this::redeem);

        assertThat(sessions.find(id(1))).isEmpty();
    }

    @Test
    void aCodeThatIsRedeemedBeforeIt() throws Exception {
        commit(tx -> browserSessions.save(tx, RaceContract.browserSession()));
        commit(tx -> codes.insert(tx, RaceContract.code()));

        inEachOther(this::redeem, this::begin);

        assertThat(hasLiveSession()).isFalse();
    }

    @Test
    void aCodeThatIsRedeemedMeanwhile() throws Exception {
        commit(tx -> browserSessions.save(tx, RaceContract.browserSession()));
        commit(tx -> codes.insert(tx, RaceContract.code()));

        inEachOther(this::begin, this::redeem);

        assertThat(hasLiveSession()).isFalse();
    }
}
