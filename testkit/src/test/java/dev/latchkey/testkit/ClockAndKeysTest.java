package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.token.Jwk;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The time passes when the test says so, for everything in the server; keys rotate on demand and when their time has come. */
@LatchkeyTest(audience = Api.AUDIENCE, perMethod = true)
class ClockAndKeysTest {
    private final LatchkeyServer latchkey;
    private final Api api;

    ClockAndKeysTest(LatchkeyServer latchkey) {
        this.latchkey = latchkey;
        this.api = new Api(latchkey);
    }

    @Test
    void tokensExpireNow() {
        String token =
                latchkey.tokenFor("alice").expiresIn(Duration.ofMinutes(1)).mint();
        assertThat(api.check(token)).isEqualTo("accepted");

        latchkey.clock().advance(Duration.ofMinutes(2));

        assertThat(api.check(token)).isEqualTo("expired");
        assertThat(api.check(latchkey.tokenFor("alice").mint())).isEqualTo("accepted");
    }

    @Test
    void sessionsEndWhenTheirTimeIsOver() {
        Tokens tokens = latchkey.login("alice");
        latchkey.clock().advance(Duration.ofDays(29));
        Tokens next = latchkey.refresh(tokens);

        latchkey.clock().advance(Duration.ofDays(31));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> latchkey.refresh(next))
                .satisfies(refused -> assertThat(refused.error()).isEqualTo("invalid_grant"));
    }

    @Test
    void theClockStandsStillIsSetAndGoesWithTheSystemAgain() {
        Instant then = Instant.parse("2030-05-17T08:00:00Z");

        latchkey.clock().stop();
        latchkey.clock().set(then);
        assertThat(latchkey.clock().instant()).isEqualTo(then);
        assertThat(latchkey.login("alice").claims()).containsEntry("iat", then.getEpochSecond());

        latchkey.clock().backToPresent();
        assertThat(latchkey.clock().instant()).isCloseTo(Instant.now(), within(60, ChronoUnit.SECONDS));
    }

    @Test
    void theServerWorksAtAnyTime() {
        for (String time : List.of("2001-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2020-01-01T00:00:00Z")) {
            latchkey.clock().set(Instant.parse(time));

            assertThat(api.check(latchkey.login("alice").accessToken()))
                    .as(time)
                    .isEqualTo("accepted");
            assertThat(api.check(latchkey.tokenFor("bob").mint())).as(time).isEqualTo("accepted");
        }
    }

    @Test
    void tokensOfTheOldAndOfTheNewKeyCountAfterARotation() {
        String old = latchkey.tokenFor("alice").mint();
        List<String> before = keyIds();

        latchkey.rotateKeys();

        String young = latchkey.tokenFor("alice").mint();
        assertThat(api.check(old)).isEqualTo("accepted");
        assertThat(api.check(young)).isEqualTo("accepted");
        assertThat(keyIds()).containsAll(before).hasSize(2 * before.size());
        assertThat(api.keyIdOf(young)).isNotEqualTo(api.keyIdOf(old)).isNotIn(before);
    }

    @Test
    void keysRotateWhileTheClockStandsStill() {
        latchkey.clock().stop();
        String old = latchkey.tokenFor("alice").mint();

        latchkey.rotateKeys();
        latchkey.rotateKeys();

        assertThat(api.keyIdOf(latchkey.tokenFor("alice").mint())).isNotEqualTo(api.keyIdOf(old));
    }

    @Test
    void tokensOfAWithdrawnKeyCountNoMore() {
        String old = latchkey.tokenFor("alice")
                .scope("openid")
                .audience(latchkey.issuer(), Api.AUDIENCE)
                .mint();
        List<String> before = keyIds();

        latchkey.withdrawKeys();

        assertThat(keyIds()).doesNotContainAnyElementsOf(before).isNotEmpty();
        assertThat(api.check(old)).isEqualTo("unknown-key");
        assertThat(api.userInfo(old)).isEqualTo(401);
        assertThat(api.check(latchkey.tokenFor("alice").mint())).isEqualTo("accepted");
    }

    @Test
    void keysThatAreDueRotateByThemselves() {
        List<String> before = keyIds();

        latchkey.clock().advance(Duration.ofDays(91));
        assertThat(keyIds())
                .as("the old ones are published until their tokens end")
                .containsAll(before);

        latchkey.clock().advance(Duration.ofHours(2));
        assertThat(keyIds()).doesNotContainAnyElementsOf(before).isNotEmpty();
    }

    private List<String> keyIds() {
        return latchkey.jwks().keys().stream().map(Jwk::keyId).toList();
    }
}
