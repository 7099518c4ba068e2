package dev.latchkey.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.TestServer;
import dev.latchkey.server.Visit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the certification profile Form Post OP tests. */
class FormPostOpTest {
    private final TestServer server = TestServer.start(RelyingParty.CONFIGURATION);
    private final RelyingParty rp = new RelyingParty(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Certifies({"form_post: code", "form_post: code id_token"})
    @ParameterizedTest
    @ValueSource(strings = {"code", "code id_token", "id_token"})
    void theAnswerIsAFormThatGoesToTheRedirectUri(String responseType) {
        Visit visit = rp.login("response_type", responseType, "response_mode", "form_post");

        assertThat(visit.status()).isEqualTo(200);
        assertThat(visit.action()).isEqualTo(RelyingParty.REDIRECT_URI);
        assertThat(visit.hidden())
                .containsEntry("state", "state-1")
                .containsEntry("iss", server.url())
                .containsKeys(responseType.split(" ", -1));
        assertThat(visit.answer().header("Cache-Control")).contains("no-store");
        assertThat(visit.answer().header("Content-Security-Policy").orElse(""))
                .contains("form-action https://rp.example")
                .contains("frame-ancestors 'none'");
    }

    @Test
    void theCodeOfAFormIsRedeemed() {
        Visit visit = rp.login("response_mode", "form_post");

        assertThat(rp.redeem(visit.hidden().getOrDefault("code", "")).status()).isEqualTo(200);
    }

    @Certifies("form_post: error")
    @Test
    void anErrorIsAFormToo() {
        Visit visit = rp.authorize("response_mode", "form_post", "prompt", "none");

        assertThat(visit.hidden()).containsEntry("error", "login_required").containsEntry("state", "state-1");
    }
}
