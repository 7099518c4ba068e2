package dev.latchkey.server.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.conformance.Certifies;
import dev.latchkey.server.logout.SignedInScene.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients are told of a logout through the browser (OpenID Connect Front-Channel Logout). */
class FrontChannelLogoutTest {
    private final SignedInScene scene = new SignedInScene();
    private final UserAgent alice = scene.browser();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Certifies("oidcc-frontchannel-rp-initiated-logout")
    @Test
    void theBrowserLoadsTheClientsAddressWithIssuerAndSession() {
        Tokens front = scene.signIn(alice, "front");
        Tokens web = scene.signIn(alice, "web");

        Visit page = scene.logout(
                alice, "id_token_hint", web.id(), "post_logout_redirect_uri", SignedInScene.BYE, "state", "s t");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html())
                .contains("src=\"https://front.example/out?a=b&amp;iss="
                        + TestServer.encode(scene.server().url()) + "&amp;sid=" + front.sid() + "\"")
                .contains("href=\"" + SignedInScene.BYE + "?state=s+t\"");
        assertThat(page.answer().header("Content-Security-Policy").orElseThrow())
                .contains("frame-src https://front.example");
        assertThat(scene.isSignedIn(alice)).isFalse();
    }

    @Test
    void aClientThatNeedsNoSessionIsGivenNone() {
        Tokens simple = scene.signIn(alice, "simple");

        assertThat(scene.logout(alice, "id_token_hint", simple.id()).html())
                .contains("src=\"https://simple.example/out\"")
                .doesNotContain("front.example");
    }

    @Test
    void thereIsAnAddressForEverySessionAndOneForTheClientThatNeedsNone() {
        Tokens first = scene.signIn(alice, "front");
        Tokens second = scene.signIn(alice, "front");
        scene.signIn(alice, "simple");
        Tokens simple = scene.signIn(alice, "simple");

        String html = scene.logout(alice, "id_token_hint", simple.id()).html();

        assertThat(html).contains("sid=" + first.sid(), "sid=" + second.sid());
        assertThat(html.split("https://simple.example/out", -1)).hasSize(2);
    }

    @Test
    void aPageCanOnlyBearSoMany() {
        Tokens last = scene.signIn(alice, "front");
        for (int i = 0; i < 40; i++) {
            last = scene.signIn(alice, "front");
        }

        String html = scene.logout(alice, "id_token_hint", last.id()).html();

        assertThat(html.split("<iframe", -1)).hasSizeBetween(2, 31);
    }

    @Test
    void clientsOfOtherBrowsersAreLeftAlone() {
        scene.signIn(scene.browser(), "front");
        Tokens web = scene.signIn(alice, "web");

        assertThat(scene.logout(alice, "id_token_hint", web.id()).html()).doesNotContain("front.example");
    }

    @Certifies("oidcc-frontchannel-logout-discovery-endpoint-verification")
    @Test
    void discoveryTells() {
        assertThat(scene.server().get("/.well-known/openid-configuration").json())
                .containsEntry("frontchannel_logout_supported", true)
                .containsEntry("frontchannel_logout_session_supported", true);
    }
}
