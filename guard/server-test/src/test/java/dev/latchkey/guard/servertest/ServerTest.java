package dev.latchkey.guard.servertest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.GuardBuilder;
import dev.latchkey.guard.Revocation;
import dev.latchkey.guard.TrustedIssuer;
import dev.latchkey.testkit.LatchkeyServer;
import dev.latchkey.testkit.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the guard makes of the real server's tokens, and the server of its questions. */
class ServerTest {
    private final LatchkeyServer latchkey = LatchkeyServer.start(config -> config.client("orders", client -> {}));

    @AfterEach
    void close() {
        latchkey.close();
    }

    private GuardBuilder guard(TrustedIssuer issuer) {
        return Guard.issuer(issuer).audience(latchkey.issuer()).clock(latchkey.clock());
    }

    @Test
    void tellsWhoLoggedInAndWhichSessionItWas() {
        Tokens tokens = latchkey.login("alice");
        try (Guard guard = guard(TrustedIssuer.of(latchkey.issuer())).build()) {
            var caller = Load.check(guard, tokens.accessToken()).caller().orElseThrow();

            assertThat(caller.subject()).isEqualTo(latchkey.subjectOf("alice"));
            assertThat(caller.displayName()).isEqualTo("alice");
            assertThat(caller.sessionId()).isPresent();
            assertThat(caller.authTime()).isPresent();
            assertThat(caller.scopes()).contains("openid", "profile");
        }
    }

    @Test
    void takesNeitherIdTokensNorRefreshTokens() {
        Tokens tokens = latchkey.login("alice");
        String idToken = latchkey.tokenFor("alice").type("JWT").mint();
        try (Guard guard = guard(TrustedIssuer.of(latchkey.issuer())).build()) {
            assertThat(Load.check(guard, tokens.refreshToken())).isInstanceOf(Decision.Refused.class);
            assertThat(Load.check(guard, idToken)).isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void asksTheServerAboutEachToken() {
        TrustedIssuer asked =
                TrustedIssuer.of(latchkey.issuer()).introspection("orders", latchkey.clientSecret("orders"));
        Tokens tokens = latchkey.login("alice");
        try (Guard guard = guard(asked).build()) {
            var caller = Load.check(guard, tokens.accessToken()).caller().orElseThrow();
            assertThat(caller.subject()).isEqualTo(latchkey.subjectOf("alice"));
            assertThat(caller.displayName()).isEqualTo("alice");
            assertThat(Load.check(guard, tokens.refreshToken())).isInstanceOf(Decision.Refused.class);
            latchkey.revoke(tokens);

            latchkey.clock().advance(Duration.ofSeconds(5)); // the answer counts no longer

            assertThat(Load.check(guard, tokens.accessToken())).isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void strictlyTakesTokensThatTheServersListKnows() {
        Tokens tokens = latchkey.login("alice");
        try (Guard guard = guard(TrustedIssuer.of(latchkey.issuer()))
                .revocation(Revocation.STRICT)
                .build()) {
            assertThat(Load.check(guard, tokens.accessToken())).isInstanceOf(Decision.Admitted.class);
        }
        latchkey.revoke(tokens);
        try (Guard later = guard(TrustedIssuer.of(latchkey.issuer()))
                .revocation(Revocation.STRICT)
                .build()) {
            assertThat(Load.check(later, tokens.accessToken())).isInstanceOf(Decision.Refused.class);
        }
    }
}
