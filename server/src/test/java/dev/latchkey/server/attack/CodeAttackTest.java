package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.authorize.Pkce;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization codes in the wrong hands, too late, or twice (RFC 6749 §4.1.2, §10.5, RFC 7636, RFC 9700 §2.1.1, §4.5, §4.8). */
class CodeAttackTest {
    private final Scene scene = new Scene();
    private final UserAgent alice = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    private Answer redeemAt(String client, String secret, String code, String... changes) {
        return scene.server.postAs(client, secret, "/token", Scene.redemption(code, changes));
    }

    private boolean stillWorks(String code) {
        return scene.redeem(code).status() == 200;
    }

    @Test
    void aSecondUseIsRefusedAndEndsEverythingThatTheFirstOneGot() {
        String code = scene.allowed(alice, "scope", "openid offline_access").code();
        Answer first = scene.redeem(code);
        Answer refreshed = refresh(first);
        assertThat(scene.userInfo(refreshed)).isEqualTo(200);

        Scene.isInvalidGrant(scene.redeem(code));

        assertThat(scene.userInfo(first)).isEqualTo(401);
        assertThat(scene.userInfo(refreshed)).isEqualTo(401);
        Scene.isInvalidGrant(refresh(refreshed));
        Scene.isInvalidGrant(scene.redeem(code));
    }

    private Answer refresh(Answer tokens) {
        return scene.server.postAs(
                "web",
                Scene.SECRET,
                "/token",
                "grant_type",
                "refresh_token",
                "refresh_token",
                tokens.text("refresh_token"));
    }

    @Test
    void aSecondUseThatDoesNotMatchProvesNothingAndEndsNothing() {
        String code = scene.allowed(alice).code();
        Answer first = scene.redeem(code);

        Scene.isInvalidGrant(scene.redeem(code, "code_verifier", "x".repeat(43)));
        Scene.isInvalidGrant(redeemAt("plain", "plain-secret-plain-secret-plain-00", code));

        assertThat(scene.userInfo(first)).isEqualTo(200);
    }

    @Test
    void atAnotherClientItIsWorthNothing() {
        String code = scene.allowed(alice).code();

        Scene.isInvalidGrant(redeemAt("plain", "plain-secret-plain-secret-plain-00", code));
        Scene.isInvalidGrant(redeemAt("service", "service-secret-service-secret-00", code));
        Scene.isInvalidGrant(scene.server.post("/token", Scene.redemption(code, "client_id", "spa")));

        assertThat(stillWorks(code)).isTrue();
    }

    @Test
    void withoutTheClientsSecretItIsWorthNothing() {
        String code = scene.allowed(alice).code();

        assertThat(redeemAt("web", "wrong-secret-wrong-secret-wrong-00", code).status())
                .isEqualTo(401);
        assertThat(scene.server
                        .post("/token", Scene.redemption(code, "client_id", "web"))
                        .status())
                .isEqualTo(401);
        Answer twice = redeemAt("plain", "plain-secret-plain-secret-plain-00", code, "client_id", "web");
        assertThat(twice.status()).as(twice.body()).isEqualTo(400);

        assertThat(stillWorks(code)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://rp.example/callback/",
                "https://rp.example/Callback",
                "https://evil.example/",
                "http://127.0.0.1/"
            })
    void withAnotherRedirectUriItIsWorthNothing(String redirectUri) {
        String code = scene.allowed(alice).code();

        Scene.isInvalidGrant(scene.redeem(code, "redirect_uri", redirectUri));

        assertThat(stillWorks(code)).isTrue();
    }

    @Test
    void aLoopbackPortBelongsToTheCodeLikeTheRest() {
        String[] request = {"client_id", "spa", "redirect_uri", "http://127.0.0.1:4711/callback"};
        String code = scene.allowed(alice, request).code();

        Scene.isInvalidGrant(scene.server.post(
                "/token",
                Scene.redemption(code, "client_id", "spa", "redirect_uri", "http://127.0.0.1:4712/callback")));
    }

    @Test
    void withoutTheVerifierItIsWorthNothing() {
        String code = scene.allowed(alice).code();

        Scene.isInvalidGrant(scene.redeem(code, "code_verifier", ""));
        Scene.isInvalidGrant(scene.redeem(code, "code_verifier", Pkce.CHALLENGE)); // as if the method were plain
        Scene.isInvalidGrant(scene.redeem(code, "code_verifier", Pkce.VERIFIER.substring(1)));
        Scene.isInvalidGrant(scene.redeem(code, "code_verifier", Pkce.VERIFIER + "x".repeat(100)));

        assertThat(stillWorks(code)).isTrue();
    }

    @Test
    void afterFiveWrongTriesItIsDeadForItsClientToo() {
        String code = scene.allowed(alice).code();

        for (int i = 0; i < 5; i++) {
            Scene.isInvalidGrant(scene.redeem(code, "code_verifier", ("" + i).repeat(43)));
        }

        Scene.isInvalidGrant(scene.redeem(code));
    }

    @Test
    void verifiersThatAreNoneAreRefusedEvenWhereTheirHashIsRight() {
        for (String verifier :
                List.of("short", "x".repeat(42), "x".repeat(129), "\u00e4".repeat(43), "a b".repeat(20))) {
            String challenge = Pkce.challenge(verifier);
            Visit answer = alice.cookies().isEmpty()
                    ? scene.allowed(alice, "code_challenge", challenge)
                    : scene.authorize(alice, "code_challenge", challenge);

            Scene.isInvalidGrant(scene.redeem(answer.code(), "code_verifier", verifier));
        }
    }

    /** PKCE downgrade: a code that was got without a challenge must not be redeemed as if it had one (RFC 9700 §4.8.2). */
    @Test
    void aVerifierWithoutAChallengeIsRefused() {
        String redirectUri = "https://plain.example/callback";
        String code = scene.allowed(
                        alice,
                        "client_id",
                        "plain",
                        "redirect_uri",
                        redirectUri,
                        "code_challenge",
                        "",
                        "code_challenge_method",
                        "")
                .code();
        String secret = "plain-secret-plain-secret-plain-00";

        Scene.isInvalidGrant(redeemAt("plain", secret, code, "redirect_uri", redirectUri));
        Scene.isInvalidGrant(redeemAt("plain", secret, code, "redirect_uri", "", "code_verifier", ""));

        assertThat(redeemAt("plain", secret, code, "redirect_uri", redirectUri, "code_verifier", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void challengesOfOtherMethodsAndNoneAreRefusedBeforeTheUserIsAsked() {
        String[][] requests = {
            {"code_challenge_method", "plain"},
            {"code_challenge_method", ""},
            {"code_challenge_method", "s256"},
            {"code_challenge_method", "S512"},
            {"code_challenge", ""},
            {"code_challenge", "", "code_challenge_method", ""},
            {"code_challenge", Pkce.CHALLENGE + "A"},
            {"code_challenge", Pkce.CHALLENGE.substring(1)},
            {"code_challenge", Pkce.CHALLENGE.substring(1) + "="},
            {"code_challenge", "x".repeat(3000)},
            {"response_type", "code id_token", "nonce", "n", "code_challenge", "", "code_challenge_method", ""},
            {"client_id", "plain", "redirect_uri", "https://plain.example/callback", "code_challenge_method", "plain"},
            {"client_id", "plain", "redirect_uri", "https://plain.example/callback", "code_challenge", ""},
        };
        for (String[] request : requests) {
            Visit answer = scene.authorize(alice, request);

            assertThat(answer.location()).contains("error=invalid_request").doesNotContain("code=");
        }
    }

    @Test
    void afterSixtySecondsItIsWorthNothing() {
        String code = scene.allowed(alice).code();

        scene.server.clock().turn(Duration.ofSeconds(60));

        Scene.isInvalidGrant(scene.redeem(code));
    }

    @Test
    void itEndsWithThePasswordAndTheUserAndTheClient() {
        String first = scene.allowed(alice).code();
        String second = scene.authorize(alice).code();

        scene.server.restartWith(TestServer.CONFIGURATION.replace(TestServer.PASSWORD, "another horse battery staple"));

        Scene.isInvalidGrant(scene.redeem(first));
        assertThat(scene.authorize(alice, "prompt", "none").query()).containsEntry("error", "login_required");
        scene.server.restartWith(TestServer.CONFIGURATION.replace("client_id: web", "client_id: gone"));
        assertThat(scene.redeem(second).status()).isEqualTo(401);
    }

    @Test
    void whatIsNoCodeIsRefusedAlike() {
        String code = scene.allowed(alice).code();
        List<String> others = List.of(
                "x",
                "x".repeat(43),
                code.substring(1),
                code + "A",
                code + "=",
                code.toLowerCase(Locale.ROOT),
                " " + code,
                code + "\n",
                "\u00e9".repeat(43),
                "x".repeat(30_000));
        for (String other : others) {
            Scene.isInvalidGrant(scene.redeem(other));
        }

        assertThat(stillWorks(code)).isTrue();
    }

    @Test
    void noTokenIsTakenForACodeNorACodeForAToken() {
        String code = scene.allowed(alice).code();
        assertThat(scene.server.getAs(code, "/userinfo").status()).isEqualTo(401);
        Answer tokens = scene.redeem(code);

        for (String kind : List.of("access_token", "refresh_token", "id_token")) {
            Scene.isInvalidGrant(scene.redeem(tokens.text(kind)));
        }
        for (String kind : List.of("refresh_token", "id_token")) {
            assertThat(scene.server.getAs(tokens.text(kind), "/userinfo").status())
                    .isEqualTo(401);
        }
        assertThat(scene.userInfo(tokens)).isEqualTo(200);
    }

    @Test
    void aResourceThatTheCodeIsNotForIsRefusedAndTheCodeStays() {
        String code = scene.allowed(alice, "resource", "https://orders.example").code();

        Answer refused = scene.redeem(code, "resource", "https://stock.example");

        assertThat(refused.text("error")).isEqualTo("invalid_target");
        assertThat(stillWorks(code)).isTrue();
    }
}
