package dev.latchkey.server.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.UserAgent;
import dev.latchkey.server.conformance.Certifies;
import dev.latchkey.server.logout.RelyingParty.Received;
import dev.latchkey.server.logout.SignedInScene.Tokens;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.UnverifiedToken;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients are told of a logout behind the browser's back (OpenID Connect Back-Channel Logout). */
class BackChannelLogoutTest {
    private final SignedInScene scene = new SignedInScene();
    private final RelyingParty relyingParty = scene.relyingParty();
    private final UserAgent alice = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    private VerifiedToken verified(Received received, String client) {
        return Verifier.with(JwkSet.parse(scene.server().get("/jwks").body()))
                .issuer(scene.server().url())
                .audience(client)
                .algorithms(Algorithm.ES256, Algorithm.RS256)
                .type("logout+jwt")
                .clock(scene.server().clock())
                .build()
                .verify(received.logoutToken());
    }

    @Certifies("oidcc-backchannel-rp-initiated-logout")
    @Test
    void theClientGetsALogoutTokenOfItsSession() {
        Tokens tokens = scene.signIn(alice, "web");

        scene.logout(alice, "id_token_hint", tokens.id());

        Received received = relyingParty.next();
        assertThat(received.path()).isEqualTo("/web");
        assertThat(received.contentType()).isEqualTo("application/x-www-form-urlencoded");
        VerifiedToken token = verified(received, "web");
        assertThat(token.claims())
                .containsEntry("sid", tokens.sid())
                .containsEntry("sub", tokens.claims().get("sub"))
                .containsEntry("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                .containsOnlyKeys("iss", "sub", "aud", "iat", "exp", "jti", "events", "sid");
        assertThat(Duration.between(token.issuedAt(), token.expiresAt())).isLessThanOrEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void everyClientOfTheBrowserSessionIsToldUnderItsOwnSubjectAndAlgorithm() {
        Tokens web = scene.signIn(alice, "web");
        Tokens pair = scene.signIn(alice, "pair");

        scene.logout(alice, "id_token_hint", web.id());

        List<Received> both = new ArrayList<>(List.of(relyingParty.next(), relyingParty.next()));
        both.sort((a, b) -> a.path().compareTo(b.path()));
        assertThat(both).extracting(Received::path).containsExactly("/pair", "/web");
        VerifiedToken told = verified(both.getFirst(), "pair");
        assertThat(told.claims()).containsEntry("sub", pair.claims().get("sub")).containsEntry("sid", pair.sid());
        assertThat(pair.claims().get("sub")).isNotEqualTo(web.claims().get("sub"));
        assertThat(UnverifiedToken.parse(both.getFirst().logoutToken()).header())
                .containsEntry("alg", "RS256");
    }

    @Test
    void aLogoutTokenPassesForNoIdTokenHint() {
        Tokens tokens = scene.signIn(alice, "web");
        scene.logout(alice, "id_token_hint", tokens.id());

        String token = relyingParty.next().logoutToken();

        assertThat(scene.logout(alice, "id_token_hint", token).status()).isEqualTo(400);
    }

    @Test
    void whatIsForWhenTheUserIsAwayStaysButItsClientIsTold() {
        Tokens offline = scene.signIn(alice, "web", "openid offline_access");
        Tokens other = scene.signIn(alice, "silent");

        scene.logout(alice, "id_token_hint", other.id());

        assertThat(verified(relyingParty.next(), "web").claims()).containsEntry("sid", offline.sid());
        assertThat(scene.refresh(offline).status()).isEqualTo(200);
        assertThat(scene.hasEnded(other)).isTrue();
    }

    @Test
    void theUserDoesNotWaitForAClientThatIsDown() {
        relyingParty.close();
        Tokens tokens = scene.signIn(alice, "web");

        assertThat(scene.logout(alice, "id_token_hint", tokens.id()).status()).isEqualTo(200);
        assertThat(scene.hasEnded(tokens)).isTrue();
    }

    @Test
    void aClientThatFailsIsAskedAgainLater() {
        relyingParty.answer(503);
        relyingParty.answer(302);
        Tokens tokens = scene.signIn(alice, "web");
        scene.logout(alice, "id_token_hint", tokens.id());
        Object first = UnverifiedToken.parse(relyingParty.next().logoutToken())
                .claims()
                .get("jti");

        turnUntilTried(Duration.ofSeconds(10), 1);
        Received second = relyingParty.next();
        turnUntilTried(Duration.ofMinutes(1), 2);
        Received third = relyingParty.next();

        assertThat(verified(second, "web").claims().get("jti")).isNotEqualTo(first);
        assertThat(verified(third, "web").claims()).containsEntry("sid", tokens.sid());
    }

    /** Turns the clock only when the try before has been settled: from then on the pause counts. */
    private void turnUntilTried(Duration pause, int tries) {
        scene.awaitEvents("backchannel_logout_error", tries);
        scene.server().clock().turn(pause);
    }

    @Test
    void aClientThatRefusesIsNotAskedAgain() {
        relyingParty.answer(400);
        Tokens tokens = scene.signIn(alice, "web");
        scene.logout(alice, "id_token_hint", tokens.id());
        relyingParty.next();

        assertThat(scene.awaitEvents("backchannel_logout_error", 1).getFirst().fields())
                .containsEntry("reason", "status_400")
                .containsEntry("client_id", "web")
                .containsEntry("attempts", "1");
        scene.server().clock().turn(Duration.ofHours(1));
        // a logout of a later sign-in comes through, and nothing of the first one before it
        Tokens later = scene.signIn(alice, "web");
        scene.logout(alice, "id_token_hint", later.id());
        assertThat(verified(relyingParty.next(), "web").claims()).containsEntry("sid", later.sid());
        assertThat(relyingParty.waiting()).isZero();
    }

    @Test
    void itGivesUpAfterFiveTries() {
        for (int i = 0; i < 5; i++) {
            relyingParty.answer(500);
        }
        Tokens tokens = scene.signIn(alice, "web");
        scene.logout(alice, "id_token_hint", tokens.id());

        for (int tries = 1; tries <= 5; tries++) {
            relyingParty.next();
            turnUntilTried(Duration.ofMinutes(20), tries);
            scene.server().clock().turn(tries == 4 ? Duration.ofMinutes(25) : Duration.ZERO);
        }

        assertThat(scene.awaitEvents("backchannel_logout_error", 5).getLast().fields())
                .containsEntry("attempts", "5");
        assertThat(scene.server()
                        .server()
                        .issuer()
                        .stores()
                        .logoutDeliveries()
                        .listDue(Instant.parse("2100-01-01T00:00:00Z"), 10))
                .isEmpty();
    }

    @Test
    void aRestartLosesNoLogout() {
        relyingParty.answer(503);
        Tokens tokens = scene.signIn(alice, "web");
        scene.logout(alice, "id_token_hint", tokens.id());
        relyingParty.next();

        scene.server().restartAfter(Duration.ofMinutes(5));

        Map<String, Object> claims = verifiedAfterRestart(relyingParty.next());
        assertThat(claims).containsEntry("sid", tokens.sid());
    }

    private static Map<String, Object> verifiedAfterRestart(Received received) {
        return UnverifiedToken.parse(received.logoutToken()).claims();
    }

    @Test
    void aDeliveryIsAudited() {
        Tokens tokens = scene.signIn(alice, "web");
        scene.logout(alice, "id_token_hint", tokens.id());
        relyingParty.next();

        assertThat(scene.awaitEvents("backchannel_logout", 1).getFirst().fields())
                .containsEntry("client_id", "web")
                .containsEntry("sid", tokens.sid().toString());
        assertThat(scene.awaitEvents("logout", 1).getFirst().fields()).containsEntry("client_id", "web");
    }

    @Certifies("oidcc-backchannel-logout-discovery-endpoint-verification")
    @Test
    void discoveryTells() {
        assertThat(scene.server().get("/.well-known/openid-configuration").json())
                .containsEntry("backchannel_logout_supported", true)
                .containsEntry("backchannel_logout_session_supported", true);
    }
}
