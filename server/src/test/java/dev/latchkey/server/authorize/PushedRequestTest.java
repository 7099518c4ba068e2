package dev.latchkey.server.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.protocol.ClientId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a push was answered by, used at {@code /authorize} (RFC 9126 §4, §6, §7). */
class PushedRequestTest extends PushScene {
    @Test
    void aRequestObjectBesideItIsRefused() {
        isErrorPage(browser().authorize("client_id", "web", "request_uri", pushed(), "request", "eyJ"));
    }

    @Test
    void aLoginByAPushedRequestGetsWhatWasPushed() {
        UserAgent alice = browser();
        String uri = pushed("scope", "openid profile", "state", "s & t", "nonce", "a nonce");

        Visit login = authorize(alice, uri);
        assertThat(login.html()).contains("Orders web");
        assertThat(login.hidden().toString()).doesNotContain("a nonce", Pkce.CHALLENGE);
        Visit answer = alice.submit(alice.signIn(login), "decision", "allow");

        assertThat(answer.location()).startsWith(REDIRECT_URI + "?code=");
        assertThat(answer.query()).containsEntry("state", "s & t").containsEntry("iss", server.url());
        Answer tokens = server.postAs("web", SECRET, "/token", CodeRequest.redemption(answer.code(), REDIRECT_URI));
        assertThat(tokens.text("scope")).isEqualTo("openid profile");
    }

    @Test
    void theUriMayBeUsedUntilItExpires() {
        String early = pushed();
        String late = pushed();
        server.clock().turn(Duration.ofSeconds(59));
        assertThat(authorize(browser(), early).html()).contains("Orders web");
        server.clock().turn(Duration.ofSeconds(1));
        isErrorPage(authorize(browser(), late));
        assertThat(authorize(browser(), early).status())
                .as("the login has begun")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:ietf:params:oauth:request_uri:",
                "urn:ietf:params:oauth:request_uri:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "urn:ietf:params:oauth:request_uri:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "urn:ietf:params:oauth:request_uri:'; drop table clients"
            })
    void whatWasNeverGivenOutIsAnErrorPage(String uri) {
        isErrorPage(authorize(browser(), uri));
    }

    @Test
    void aLoginThatHasBegunOutlivesTheUri() {
        UserAgent alice = browser();
        String uri = pushed("prompt", "consent");
        Visit login = authorize(alice, uri);
        server.clock().turn(Duration.ofMinutes(20));

        Visit again = alice.submit(login, "username", "alice", "password", "a wrong password");
        assertThat(again.html()).contains("name=\"password\"");
        server.clock().turn(Duration.ofMinutes(5));
        Visit answer = alice.submit(alice.signIn(again), "decision", "allow");

        assertThat(answer.query()).containsKey("code");
        isErrorPage(alice.signIn(again));
    }

    @Test
    void aLoginThatTakesTooLongStartsAgainAtTheApplication() {
        UserAgent alice = browser();
        Visit login = authorize(alice, pushed());
        server.clock().turn(Duration.ofMinutes(31));

        isErrorPage(alice.signIn(login));
    }

    @Test
    void reloadAndBackDoNotBreakALoginThatIsNotFinished() {
        UserAgent alice = browser();
        String uri = pushed("prompt", "consent");
        authorize(alice, uri);
        server.clock().turn(Duration.ofMinutes(10));

        Visit reloaded = authorize(alice, uri);
        Visit consent = alice.signIn(reloaded);
        Visit back = authorize(alice, uri);
        assertThat(back.html()).contains("name=\"decision\"");
        assertThat(alice.submit(consent, "decision", "allow").query()).containsKey("code");
        isErrorPage(authorize(alice, uri));
        isErrorPage(alice.submit(back, "decision", "allow"));
    }

    @Test
    void everyAnswerEndsTheRequest() {
        UserAgent alice = browser();
        String denied = pushed("prompt", "consent");
        Visit consent = alice.signIn(authorize(alice, denied));
        assertThat(alice.submit(consent, "decision", "deny").query()).containsEntry("error", "access_denied");
        isErrorPage(authorize(alice, denied));

        String cancelled = pushed("prompt", "login");
        Visit login = authorize(alice, cancelled);
        assertThat(alice.submit(login, "cancel", "1").query()).containsEntry("error", "access_denied");
        isErrorPage(authorize(alice, cancelled));

        UserAgent nobody = browser();
        String silent = pushed("prompt", "none");
        assertThat(authorize(nobody, silent).query()).containsEntry("error", "login_required");
        isErrorPage(authorize(nobody, silent));

        String granted = pushed("prompt", "consent");
        Visit again = authorize(alice, granted);
        assertThat(alice.submit(again, "decision", "allow").query()).containsKey("code");
        isErrorPage(authorize(alice, granted));
        isErrorPage(alice.submit(again, "decision", "allow"));

        String front = pushed("response_type", "id_token", "nonce", "n");
        assertThat(authorize(alice, front).fragment()).containsKey("id_token");
        isErrorPage(authorize(alice, front));
    }

    @Test
    void aClientThatIsDisabledMeanwhileGetsNothing() {
        String uri = pushed();
        assertThat(authorize(browser(), uri).status()).isEqualTo(200);
        var stores = server.server().issuer().stores();
        var web = stores.clients().find(new ClientId("web")).orElseThrow();
        stores.unitOfWork().run(transaction -> {
            stores.clients().save(transaction, web.withDisabled(true));
            return true;
        });
        try {
            isErrorPage(authorize(browser(), uri));
        } finally {
            stores.unitOfWork().run(transaction -> {
                stores.clients().save(transaction, web);
                return true;
            });
        }
        assertThat(authorize(browser(), uri).status()).isEqualTo(200);
    }

    @Test
    void aClientThatHasToPushGetsNoFurtherWithoutIt() {
        UserAgent alice = browser();
        Visit refused = alice.authorize(request("strict"));
        assertThat(refused.location()).startsWith(REDIRECT_URI + "?error=invalid_request");
        assertThat(refused.query()).containsEntry("state", "state-1");

        Answer answer = server.postAs("strict", SHARED_SECRET, "/par", request("strict"));
        Visit login = alice.authorize("client_id", "strict", "request_uri", answer.text("request_uri"));
        assertThat(alice.submit(alice.signIn(login), "decision", "allow").query())
                .containsKey("code");
    }

    @Test
    void aServerCanRequireItOfEveryClient() {
        try (TestServer strict = TestServer.start(
                TestServer.CONFIGURATION + "pushed-requests: {required: true, lifetime: 5m, per-client: 3}")) {
            assertThat(strict.get("/.well-known/openid-configuration").json())
                    .containsEntry("require_pushed_authorization_requests", true)
                    .containsEntry("pushed_authorization_request_endpoint", strict.url() + "/par");
            assertThat(new UserAgent(strict).authorize(request("web")).query())
                    .containsEntry("error", "invalid_request");
            Answer answer = strict.postAs("web", SECRET, "/par", request("web"));
            assertThat(answer.json()).containsEntry("expires_in", 300L);
            strict.clock().turn(Duration.ofSeconds(299));
            assertThat(new UserAgent(strict)
                            .authorize("client_id", "web", "request_uri", answer.text("request_uri"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoIsSignedInAndNeedNotBeAskedGoesStraightThrough() {
        UserAgent alice = browser();
        alice.signIn(authorize(alice, pushed()));
        Answer answer = server.postAs("silent", SHARED_SECRET, "/par", request("silent"));
        server.clock().turn(Duration.ofMillis(1));

        assertThat(alice.authorize("client_id", "silent", "request_uri", answer.text("request_uri"))
                        .query())
                .containsKey("code");
    }
}
