package dev.latchkey.server.sql;

import static dev.latchkey.server.sql.SessionStoreContract.ALICE;
import static dev.latchkey.server.sql.SessionStoreContract.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.browser.BrowserSession;
import dev.latchkey.server.consent.Consent;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.push.PushedRequest;
import dev.latchkey.server.session.RequestedClaims;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.token.AuthorizationCode;
import dev.latchkey.server.user.FailureCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two units of work at the same time must come to, whichever of them is first. */
abstract class RaceContract extends StoreContract {
    private static final BrowserSessionId BROWSER_SESSION = new BrowserSessionId("browser-session-1");

    private SqlUserStore users;
    private SqlClientStore clients;
    private SqlSessionStore sessions;
    private SqlBrowserSessionStore browserSessions;
    private SqlAuthorizationCodeStore codes;

    @BeforeEach
    void openStores() {
        users = new SqlUserStore(database);
        clients = new SqlClientStore(database);
        sessions = new SqlSessionStore(database);
        browserSessions = new SqlBrowserSessionStore(database);
        codes = new SqlAuthorizationCodeStore(database);
        run(tx -> users.insert(tx, UserStoreContract.user(ALICE.value(), "alice")));
        commit(tx -> clients.save(tx, SessionStoreContract.client(WEB, false)));
    }

    private static Session session() {
        return SessionStoreContract.session(1, NOW);
    }

    private boolean hasLiveSession() {
        return sessions.find(session().id())
                .filter(found -> found.revokedAt().isEmpty())
                .isPresent();
    }

    @Test
    void aSessionThatBeginsWhileItsUserIsDisabledEnds() throws Exception {
        inEachOther(tx -> sessions.insert(tx, session()), tx -> {
            users.setDisabled(tx, ALICE, true);
            sessions.revokeAll(tx, ALICE, NOW.plusSeconds(1));
        });

        assertThat(hasLiveSession()).isFalse();
    }

    @Test
    void aSessionThatBeginsAfterItsUserWasDisabledHasEnded() throws Exception {
        inEachOther(
                tx -> {
                    users.setDisabled(tx, ALICE, true);
                    sessions.revokeAll(tx, ALICE, NOW);
                },
                tx -> sessions.insert(tx, session()));

        assertThat(hasLiveSession()).isFalse();
    }

    @Test
    void aSessionThatBeginsWhileItsClientIsDisabledEnds() throws Exception {
        inEachOther(tx -> sessions.insert(tx, session()), tx -> {
            clients.save(tx, SessionStoreContract.client(WEB, true));
            sessions.revokeAll(tx, WEB, NOW.plusSeconds(1), 100);
        });

        assertThat(hasLiveSession()).isFalse();
    }

    private void haveCode() {
        commit(tx -> {
            browserSessions.save(tx, browserSession());
            codes.insert(tx, code());
        });
    }

    static BrowserSession browserSession() {
        return new BrowserSession(
                BROWSER_SESSION,
                "browser",
                ALICE,
                1,
                NOW,
                NOW,
                NOW,
                NOW.plusSeconds(3600),
                new BrowserSession.Device("", ""),
                Optional.empty());
    }

    static AuthorizationCode code() {
        return code("hash");
    }

    private static AuthorizationCode code(String hash) {
        return new AuthorizationCode(
                hash,
                new AuthorizationCode.Binding(
                        WEB, "https://rp.example/callback", Optional.empty(), Optional.empty(), Optional.empty()),
                new AuthorizationCode.Login(BROWSER_SESSION, ALICE, 1, NOW),
                session().id(),
                Scope.of("openid"),
                List.of(),
                RequestedClaims.NONE,
                NOW.plusSeconds(60),
                Optional.empty());
    }

    private Session ofBrowser() {
        Session plain = session();
        return new Session(
                plain.id(),
                plain.userId(),
                plain.clientId(),
                plain.scope(),
                plain.audience(),
                plain.credentialVersion(),
                plain.authTime(),
                plain.createdAt(),
                plain.lastUsedAt(),
                plain.expiresAt(),
                plain.generation(),
                plain.rotatedAt(),
                plain.revokedAt(),
                Optional.of(BROWSER_SESSION),
                plain.claims(),
                plain.statusIndex(),
                plain.key());
    }

    private void redeem(Transaction tx) {
        if (codes.redeem(tx, "hash", NOW)) {
            sessions.insert(tx, ofBrowser());
        }
    }

    private void signOut(Transaction tx) {
        browserSessions.end(tx, BROWSER_SESSION, NOW);
        sessions.listLive(tx, BROWSER_SESSION, NOW).forEach(live -> sessions.revoke(tx, live.id(), NOW));
    }

    @Test
    void aCodeThatIsRedeemedWhileItsUserSignsOutIsWorthNothing() throws Exception {
        haveCode();

        inEachOther(this::redeem, this::signOut);

        assertThat(hasLiveSession()).isFalse();
    }

    @Test
    void aCodeWhoseUserIsSigningOutIsWorthNothing() throws Exception {
        haveCode();

        inEachOther(this::signOut, this::redeem);

        assertThat(hasLiveSession()).isFalse();
    }

    private void signOutByOperator(Transaction tx) {
        browserSessions.endAll(tx, ALICE, NOW);
        sessions.revokeAll(tx, ALICE, NOW);
    }

    @Test
    void aCodeThatIsRedeemedWhileAnOperatorSignsItsUserOutIsWorthNothing() throws Exception {
        haveCode();

        inEachOther(this::redeem, this::signOutByOperator);

        assertThat(hasLiveSession()).isFalse();
    }

    @Test
    void aCodeWhoseUserAnOperatorIsSigningOutIsWorthNothing() throws Exception {
        haveCode();

        inEachOther(this::signOutByOperator, this::redeem);

        assertThat(hasLiveSession()).isFalse();
    }

    @Test
    void aSessionThatTwoEndAtTheSameTimeHasEndedForOneOfThem() throws Exception {
        commit(tx -> sessions.insert(tx, session()));
        List<Session> ended = Collections.synchronizedList(new ArrayList<>());

        inEachOther(
                tx -> ended.addAll(sessions.revokeAll(tx, ALICE, NOW)),
                tx -> ended.addAll(sessions.revokeAll(tx, ALICE, NOW.plusSeconds(1))));

        assertThat(ended).hasSize(1);
    }

    private boolean beginWithProof(Transaction tx, Session begun) {
        boolean first = new SqlUsedTokenStore(database).use(tx, "", "digest", NOW);
        Stream.of(begun).filter(_ -> first).forEach(session -> sessions.insert(tx, session));
        return first;
    }

    @Test
    void ofManyRequestsWithOneProofOneBeginsASession() throws Exception {
        List<Callable<Boolean>> requests = IntStream.rangeClosed(1, 32)
                .<Callable<Boolean>>mapToObj(i ->
                        () -> run(tx -> beginWithProof(tx, SessionStoreContract.session(i, NOW))))
                .toList();

        UnitOfWorkContract.together(requests);

        assertThat(sessions.listLive(ALICE, NOW, 100)).hasSize(1);
    }

    @Test
    void consentsThatAreGivenAtTheSameTimeAddUp() throws Exception {
        SqlConsentStore consents = new SqlConsentStore(database);

        inEachOther(
                tx -> consents.grant(tx, new Consent(ALICE, WEB, Scope.of("openid"), NOW)),
                tx -> consents.grant(tx, new Consent(ALICE, WEB, Scope.of("email"), NOW)));

        assertThat(consents.find(ALICE, WEB).orElseThrow().scope().tokens())
                .containsExactlyInAnyOrder("openid", "email");
    }

    private boolean isAllowed(Transaction tx) {
        return new SqlConsentStore(database).find(tx, ALICE, WEB).isPresent();
    }

    private void withdraw(Transaction tx) {
        new SqlConsentStore(database).withdraw(tx, ALICE, WEB);
        codes.discard(tx, ALICE, WEB);
    }

    @Test
    void aCodeThatIsGivenWhileItsConsentIsWithdrawnIsDiscarded() throws Exception {
        commit(tx -> new SqlConsentStore(database).grant(tx, new Consent(ALICE, WEB, Scope.of("openid"), NOW)));

        inEachOther(
                tx -> {
                    if (isAllowed(tx)) {
                        codes.insert(tx, code());
                    }
                },
                this::withdraw);

        assertThat(codes.find("hash")).isEmpty();
    }

    @Test
    void noCodeIsGivenWhoseConsentIsBeingWithdrawn() throws Exception {
        commit(tx -> new SqlConsentStore(database).grant(tx, new Consent(ALICE, WEB, Scope.of("openid"), NOW)));

        inEachOther(this::withdraw, tx -> {
            if (isAllowed(tx)) {
                codes.insert(tx, code());
            }
        });

        assertThat(codes.find("hash")).isEmpty();
    }

    private PushedRequest pushed(int number) {
        return new PushedRequest(
                "pushed-" + number, WEB, Parameters.of("client_id", "web"), NOW.plusSeconds(60), Optional.empty());
    }

    /** One answer ends a pushed request: who loses has stored nothing. */
    @Test
    void aPushedRequestGivesOneCode() throws Exception {
        SqlPushedRequestStore requests = new SqlPushedRequestStore(database);
        for (int round = 0; round < 20; round++) {
            PushedRequest request = pushed(round);
            commit(tx -> requests.insert(tx, request));
            List<String> hashes = new ArrayList<>();
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (int caller = 0; caller < 16; caller++) {
                String hash = "code-" + round + "-" + caller;
                hashes.add(hash);
                callers.add(() -> run(tx -> {
                    boolean first = requests.use(tx, request.hash());
                    if (first) {
                        codes.insert(tx, code(hash));
                    }
                    return first;
                }));
            }

            assertThat(UnitOfWorkContract.together(callers)).containsOnlyOnce(true);
            assertThat(hashes.stream().filter(hash -> codes.find(hash).isPresent()))
                    .hasSize(1);
            assertThat(requests.find(request.hash())).isEmpty();
        }
    }

    @Test
    void aPushedRequestThatIsRemovedForItsAgeGivesNoCodeToo() throws Exception {
        SqlPushedRequestStore requests = new SqlPushedRequestStore(database);
        commit(tx -> requests.insert(tx, pushed(1)));
        List<Boolean> used = new ArrayList<>();

        inEachOther(
                tx -> requests.removeExpired(tx, NOW.plusSeconds(3600), NOW, 10),
                tx -> used.add(requests.use(tx, pushed(1).hash())));

        assertThat(used).containsExactly(false);
    }

    @Test
    void failuresThatAreCountedAtTheSameTimeSeeEachOther() throws Exception {
        SqlLoginFailureStore failures = new SqlLoginFailureStore(database);
        List<Integer> seen = new ArrayList<>();
        Consumer<Transaction> count = tx -> seen.add(failures.add(tx, "alice", NOW, NOW.minusSeconds(60))
                .map(FailureCount::count)
                .orElse(0));

        inEachOther(count, count);

        assertThat(seen).containsExactly(0, 1);
        inEachOther(count, count);
        assertThat(seen).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aChoreThatAWrongClockPutOffIsDone() {
        SqlChoreStore chores = new SqlChoreStore(database);
        assertThat(did(tx -> chores.claim(tx, "housekeeping", NOW.plusSeconds(7200), NOW.plusSeconds(7250))))
                .isTrue();

        assertThat(did(tx -> chores.claim(tx, "housekeeping", NOW, NOW.plusSeconds(50))))
                .isTrue();
    }

    @Test
    void aChoreIsClaimedByOne() throws Exception {
        SqlChoreStore chores = new SqlChoreStore(database);
        List<Callable<Boolean>> callers = new ArrayList<>();
        IntStream.range(0, 16)
                .forEach(_ -> callers.add(() -> run(tx -> chores.claim(tx, "housekeeping", NOW, NOW.plusSeconds(50)))));

        assertThat(UnitOfWorkContract.together(callers)).containsOnlyOnce(true);
        assertThat(did(tx -> chores.claim(tx, "housekeeping", NOW.plusSeconds(49), NOW.plusSeconds(99))))
                .isFalse();
        assertThat(did(tx -> chores.claim(tx, "housekeeping", NOW.plusSeconds(50), NOW.plusSeconds(99))))
                .isTrue();
    }

    @Test
    void twoUsersThatWantTheSameNameAtTheSameTimeDoNotBothGetIt() throws Exception {
        run(tx -> users.insert(tx, UserStoreContract.user("bob-id", "bob")));
        List<Boolean> changed = new ArrayList<>();

        inEachOther(
                tx -> changed.add(users.update(tx, UserStoreContract.user(ALICE.value(), "carol"))),
                tx -> changed.add(users.update(tx, UserStoreContract.user("bob-id", "carol"))));

        assertThat(changed).containsExactly(true, false);
    }
}
