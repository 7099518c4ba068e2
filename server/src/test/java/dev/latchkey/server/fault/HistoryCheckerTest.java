package dev.latchkey.server.fault;

import static dev.latchkey.server.fault.WrittenHistory.acknowledged;
import static dev.latchkey.server.fault.WrittenHistory.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.fault.Finding.Harm;
import dev.latchkey.server.fault.Operation.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of the fault tests finds each kind of harm in a history made for it, and none where there is none. */
class HistoryCheckerTest {
    private static final Outcome INVALID_GRANT = refused("invalid_grant");
    private static final Outcome UNAVAILABLE = new Outcome.Unavailable();

    private final WrittenHistory history = new WrittenHistory();

    private List<Finding.Kind> found() {
        return history.verdict().findings().stream().map(Finding::kind).toList();
    }

    @Test
    void aLifeWithoutHarmIsClean() {
        history.does(Kind.AUTHORIZE, "browser", 0, acknowledged("code", 0))
                .does(Kind.REDEEM, "code", 0, acknowledged("s", 0))
                .refreshed("s", 0)
                .meanwhile()
                .refreshed("s", 0)
                .does(Kind.USERINFO, "s", 1, acknowledged("s", 1))
                .refresh("s", 1, UNAVAILABLE)
                .refreshed("s", 1)
                .does(Kind.STORED, "s", 0, acknowledged("s", 2))
                .revoked("s")
                .refresh("s", 2, INVALID_GRANT)
                .does(Kind.INTROSPECT, "s", 1, refused("inactive"))
                .does(Kind.STORED, "s", 0, refused("revoked"));

        assertThat(found()).isEmpty();
        assertThat(history.verdict().errors()).containsOnlyKeys("503").containsEntry("503", 1L);
        assertThat(history.verdict().operations()).isEqualTo(10);
    }

    @Test
    void aSessionThatIsNotStoredIsALostLogin() {
        history.login("s").does(Kind.STORED, "s", 0, refused("missing"));

        assertThat(found()).containsExactly(Finding.Kind.LOGIN_LOST);
        assertThat(history.verdict().count(Harm.LOST)).isEqualTo(1);
    }

    @Test
    void aGenerationBehindTheOneThatWasGivenOutIsALostRotation() {
        history.login("s").refreshed("s", 0).refreshed("s", 1).does(Kind.STORED, "s", 0, acknowledged("s", 1));

        assertThat(found()).containsExactly(Finding.Kind.ROTATION_LOST);
    }

    @Test
    void aRotationThatNobodyWasToldOfMayBeStoredOrNot() {
        history.login("s").refresh("s", 0, UNAVAILABLE).does(Kind.STORED, "s", 0, acknowledged("s", 1));
        history.login("t").refresh("t", 0, UNAVAILABLE).does(Kind.STORED, "t", 0, acknowledged("t", 0));

        assertThat(found()).isEmpty();
    }

    @Test
    void aRevocationThatIsNotStoredIsLost() {
        history.login("s").revoked("s").does(Kind.STORED, "s", 0, acknowledged("s", 0));

        assertThat(found()).containsExactly(Finding.Kind.REVOCATION_LOST);
    }

    @Test
    void aRevocationThatNobodyWasToldOfMayHaveHappened() {
        history.login("s").does(Kind.REVOKE, "s", 0, UNAVAILABLE).refresh("s", 0, INVALID_GRANT);
        history.login("t")
                .does(Kind.REVOKE, "t", 0, new Outcome.Unknown("reset"))
                .refreshed("t", 0);

        assertThat(found()).isEmpty();
    }

    @Test
    void aRefusedCodeThatNobodyHadUsedIsLost() {
        history.does(Kind.AUTHORIZE, "browser", 0, acknowledged("code", 0)).does(Kind.REDEEM, "code", 0, INVALID_GRANT);

        assertThat(found()).containsExactly(Finding.Kind.CODE_LOST);
    }

    @Test
    void aCodeMayBeRefusedWhereTheFirstAnswerWasLost() {
        history.does(Kind.AUTHORIZE, "browser", 0, acknowledged("code", 0))
                .does(Kind.REDEEM, "code", 0, new Outcome.Unknown("timeout"))
                .does(Kind.REDEEM, "code", 0, INVALID_GRANT);

        assertThat(found()).isEmpty();
        assertThat(history.verdict().errors()).containsOnlyKeys("no answer (timeout)");
    }

    @Test
    void aRefusedTokenThatCameLastLogsOut() {
        history.login("s").refreshed("s", 0).refresh("s", 1, INVALID_GRANT);

        assertThat(found()).containsExactly(Finding.Kind.REFRESH_TOKEN_REFUSED);
        assertThat(history.verdict().count(Harm.LOGGED_OUT)).isEqualTo(1);
    }

    @Test
    void aTokenThatIsRepeatedAfterALostAnswerMustNotLogOut() {
        history.login("s").refresh("s", 0, UNAVAILABLE).refresh("s", 0, INVALID_GRANT);

        assertThat(found()).containsExactly(Finding.Kind.REFRESH_TOKEN_REFUSED);
    }

    @Test
    void anAccessTokenOfALiveSessionCounts() {
        history.login("s")
                .does(Kind.INTROSPECT, "s", 0, refused("inactive"))
                .does(Kind.USERINFO, "s", 0, refused("invalid_token"));

        assertThat(found()).containsExactly(Finding.Kind.ACCESS_TOKEN_REFUSED, Finding.Kind.ACCESS_TOKEN_REFUSED);
    }

    @Test
    void aSessionThatNobodyEndedHasNotEnded() {
        history.login("s").does(Kind.STORED, "s", 0, refused("revoked"));

        assertThat(found()).containsExactly(Finding.Kind.SESSION_ENDED);
    }

    @Test
    void aBrowserThatIsSignedInStaysSo() {
        history.does(Kind.AUTHORIZE, "new", 0, refused("login_required"))
                .does(Kind.AUTHORIZE, "browser", 0, acknowledged("code", 0))
                .does(Kind.AUTHORIZE, "browser", 0, refused("login_required"));

        assertThat(found()).containsExactly(Finding.Kind.BROWSER_SIGNED_OUT);
    }

    @Test
    void aCodeCountsOnce() {
        history.does(Kind.REDEEM, "code", 0, acknowledged("s", 0))
                .meanwhile()
                .does(Kind.REDEEM, "code", 0, acknowledged("t", 0));

        assertThat(found()).containsExactly(Finding.Kind.CODE_REDEEMED_TWICE);
        assertThat(history.verdict().count(Harm.SPENT_TWICE)).isEqualTo(1);
    }

    @Test
    void aCodeThatIsSentAgainMayEndItsSession() {
        history.does(Kind.REDEEM, "code", 0, acknowledged("s", 0))
                .does(Kind.REDEEM, "code", 0, INVALID_GRANT)
                .refresh("s", 0, INVALID_GRANT);

        assertThat(found()).isEmpty();
    }

    @Test
    void aRefreshTokenHasOneSuccessor() {
        history.login("s").refreshed("s", 0).refresh("s", 0, acknowledged("s", 2));
        history.login("t").refresh("t", 0, acknowledged("u", 1));

        assertThat(found()).containsExactly(Finding.Kind.SECOND_CHAIN, Finding.Kind.SECOND_CHAIN);
    }

    @Test
    void aTokenWhoseSuccessorWasUsedIsAReplay() {
        history.login("s").refreshed("s", 0).refreshed("s", 1).refreshed("s", 0);

        assertThat(found()).containsExactly(Finding.Kind.REPLAY_TAKEN);
    }

    @Test
    void aReplayMayEndTheSessionAndARefusedOneHasEndedIt() {
        history.login("s").refreshed("s", 0).refreshed("s", 1).refresh("s", 0, INVALID_GRANT);
        assertThat(found()).isEmpty();

        history.refresh("s", 2, INVALID_GRANT);
        assertThat(found()).isEmpty();

        history.refreshed("s", 2);
        assertThat(found()).containsExactly(Finding.Kind.ENDED_SESSION_TAKEN);
    }

    @Test
    void noTokenCountsAfterARevocationThatWasAcknowledged() {
        history.login("s")
                .revoked("s")
                .meanwhile()
                .refreshed("s", 0)
                .does(Kind.INTROSPECT, "s", 0, acknowledged("s", 0))
                .does(Kind.USERINFO, "s", 0, acknowledged("s", 0))
                .refreshed("s", 1);

        assertThat(found())
                .containsExactly(
                        Finding.Kind.ENDED_SESSION_TAKEN,
                        Finding.Kind.ENDED_SESSION_TAKEN,
                        Finding.Kind.ENDED_SESSION_TAKEN);
    }

    @Test
    void anAccessTokenIsGivenOutOnce() {
        history.does(Kind.LOGIN, "", 0, new Outcome.Acknowledged("s", 0, "jti"))
                .does(Kind.REFRESH, "s", 0, new Outcome.Acknowledged("s", 1, "jti"));

        assertThat(found()).containsExactly(Finding.Kind.ACCESS_TOKEN_TWICE);
    }

    @Test
    void errorsAreCountedByKind() {
        history.does(Kind.LOGIN, "", 0, refused("invalid_grant"))
                .does(Kind.LOGIN, "", 0, new Outcome.Broken("500"))
                .does(Kind.LOGIN, "", 0, new Outcome.Broken("500"))
                .refresh("s", 0, UNAVAILABLE);

        assertThat(history.verdict().errors())
                .containsEntry("LOGIN invalid_grant", 1L)
                .containsEntry("500", 2L)
                .containsEntry("503", 1L);
    }

    @Test
    void theServiceIsBackWhenWritesAreAcknowledgedAgain() {
        history.by("one").login("s").by("two").login("t").fault("kill");
        history.pass(10).by("one").refreshed("s", 0);
        history.pass(2_000_000).by("one").refresh("s", 1, UNAVAILABLE).refreshed("s", 1);
        history.pass(500).by("two").refreshed("t", 0);

        Verdict.Availability availability = history.verdict().availability();
        assertThat(availability.back()).hasValue(Duration.of(2_000_044, ChronoUnit.MICROS));
        assertThat(availability.backForAll()).hasValue(Duration.of(2_000_555, ChronoUnit.MICROS));
        assertThat(availability.longestGap()).isEqualTo(Duration.of(2_000_022, ChronoUnit.MICROS));
    }

    @Test
    void aServiceThatWasNeverAwayIsBackAtOnceAndOneThatStaysAwayNever() {
        history.login("s").fault("kill").refreshed("s", 0).pass(900_000).refreshed("s", 1);
        assertThat(history.verdict().availability().back()).hasValue(Duration.ZERO);

        WrittenHistory dead = new WrittenHistory().login("s").fault("kill").refresh("s", 0, UNAVAILABLE);
        assertThat(dead.verdict().availability().back()).isEmpty();
    }

    @Test
    void aHistoryIsReadAsItWasWritten(@TempDir Path folder) throws Exception {
        history.login("s")
                .fault("kill -9")
                .refresh("s", 0, UNAVAILABLE)
                .refresh("s", 0, new Outcome.Unknown("reset"))
                .refresh("s", 0, INVALID_GRANT)
                .does(Kind.USERINFO, "s", 0, new Outcome.Broken("500"));
        Path file = folder.resolve("history.jsonl");

        history.history().write(file);

        assertThat(History.read(file)).isEqualTo(history.history());
        assertThat(HistoryChecker.judge(History.read(file))).isEqualTo(history.verdict());
    }
}
