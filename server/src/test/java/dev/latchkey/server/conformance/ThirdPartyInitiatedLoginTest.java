package dev.latchkey.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.Visit;
import dev.latchkey.token.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the certification profile 3rd-party-initiated login tests: a login that the issuer begins at the application. */
class ThirdPartyInitiatedLoginTest {
    private final TestServer server =
            TestServer.start(RelyingParty.CONFIGURATION + "registration: {access: open, require-pkce: false}\n");
    private final RelyingParty rp = new RelyingParty(server);

    @AfterEach
    void stop() {
        server.close();
    }

    @Certifies("oidcc-3rd_party-init-login")
    @Test
    void theAccountPageLeadsToTheApplicationAndNamesTheIssuer() {
        rp.login();

        Visit account = rp.agent().get("/account");

        assertThat(account.html())
                .contains("href=\"https://rp.example/start?iss="
                        + TestServer.encode(server.url()).replace("&", "&amp;") + "\"");
        assertThat(rp.authorize().query()).containsKey("code"); // what the application does then
    }

    @Certifies("oidcc-3rd_party-init-login-nohttps")
    @Test
    void anAddressWithoutHttpsIsNotRegistered() {
        Answer answer = server.send(server.request("/register")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(Map.of(
                        "redirect_uris",
                        List.of(RelyingParty.REDIRECT_URI),
                        "initiate_login_uri",
                        "http://rp.example/start")))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_client_metadata");
        assertThat(answer.text("error_description")).contains("initiate_login_uri");
    }
}
