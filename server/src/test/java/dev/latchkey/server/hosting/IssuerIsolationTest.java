package dev.latchkey.server.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.authorize.CodeRequest;
import dev.latchkey.server.authorize.Pkce;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one issuer gave is nothing to another, with the same names, secrets, passwords and master key in both. */
class IssuerIsolationTest {
    private final ManyIssuers issuers = ManyIssuers.start();
    private final TestServer server = issuers.server;
    private final UserAgent alice = new UserAgent(server);

    @AfterEach
    void stop() {
        issuers.close();
    }

    private Visit authorize(String issuer) {
        return alice.get(issuer + "/authorize?client_id=web&redirect_uri=" + ManyIssuers.REDIRECT_URI
                + "&response_type=code&scope=openid+offline_access&state=s&code_challenge=" + Pkce.CHALLENGE
                + "&code_challenge_method=S256");
    }

    private Answer redeem(String issuer, String code) {
        return server.postAs(
                "web", ManyIssuers.SECRET, issuer + "/token", CodeRequest.redemption(code, ManyIssuers.REDIRECT_URI));
    }

    @Test
    void anAccessTokenIsGoodAtItsIssuerOnly() {
        String token = ManyIssuers.login(server, "/red").text("access_token");

        assertThat(server.getAs(token, "/red/users/me").status()).isEqualTo(200);
        assertThat(server.getAs(token, "/blue/users/me").status()).isEqualTo(401);
        assertThat(server.postAs("web", ManyIssuers.SECRET, "/blue/introspect", "token", token)
                        .json())
                .isEqualTo(Map.of("active", false));
        assertThat(server.postAs("web", ManyIssuers.SECRET, "/blue/revoke", "token", token)
                        .status())
                .isLessThan(500);
        assertThat(server.getAs(token, "/red/users/me").status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenIsGoodAtItsIssuerOnlyAndAForeignTryDoesItNoHarm() {
        String token = ManyIssuers.login(server, "/red").text("refresh_token");
        String[] refresh = {"grant_type", "refresh_token", "refresh_token", token};

        Answer foreign = server.post("/blue/token", refresh);

        assertThat(foreign.status()).isEqualTo(400);
        assertThat(foreign.text("error")).isEqualTo("invalid_grant");
        assertThat(server.post("/red/token", refresh).status()).isEqualTo(200);
    }

    @Test
    void aCodeIsGoodAtItsIssuerOnlyAndAForeignTryDoesItNoHarm() {
        Visit answer = alice.submit(alice.signIn(authorize("/red")), "decision", "allow");

        assertThat(answer.query()).containsEntry("iss", server.url() + "/red");
        assertThat(redeem("/blue", answer.code()).text("error")).isEqualTo("invalid_grant");
        assertThat(redeem("/red", answer.code()).status()).isEqualTo(200);
    }

    @Test
    void aPushedRequestIsGoodAtItsIssuerOnlyAndAForeignTryDoesItNoHarm() {
        String[] request = {
            "client_id", "web",
            "redirect_uri", ManyIssuers.REDIRECT_URI,
            "response_type", "code",
            "scope", "openid",
            "code_challenge", Pkce.CHALLENGE,
            "code_challenge_method", "S256"
        };
        Answer pushed = server.postAs("web", ManyIssuers.SECRET, "/red/par", request);
        String query = TestServer.form("client_id", "web", "request_uri", pushed.text("request_uri"));

        assertThat(alice.get("/blue/authorize?" + query).status()).isEqualTo(400);
        Visit answer = alice.submit(alice.signIn(alice.get("/red/authorize?" + query)), "decision", "allow");

        assertThat(answer.query()).containsEntry("iss", server.url() + "/red");
        assertThat(redeem("/red", answer.code()).status()).isEqualTo(200);
    }

    @Test
    void whoIsSignedInAtOneIssuerIsNotAtAnother() {
        alice.signIn(authorize("/red"));

        Visit atBlue = authorize("/blue");

        assertThat(atBlue.action()).isEqualTo("/blue/authorize/sign-in");
        assertThat(alice.cookies()).containsOnlyKeys("latchkey-red", "latchkey-blue");
        alice.signIn(atBlue);
        assertThat(alice.get("/red/account").html()).contains("Alice Liddell");
        assertThat(alice.get("/blue/account").html()).contains("Alice Liddell");
    }

    @Test
    void theCookieOfOneIssuerIsWorthNothingUnderTheNameOfAnother() {
        alice.signIn(authorize("/red"));
        String secret = alice.cookies().get("latchkey-red");
        alice.cookies().clear();
        alice.cookies().put("latchkey-blue", secret);

        assertThat(alice.get("/blue/account").html()).doesNotContain("Alice Liddell");
    }

    @Test
    void aFormOfOneIssuerIsRefusedByAnother() {
        Visit page = authorize("/red");
        authorize("/blue");
        List<String> fields = new ArrayList<>();
        page.hidden().forEach((name, value) -> fields.addAll(List.of(name, value)));
        fields.addAll(List.of("username", "alice", "password", TestServer.PASSWORD));

        alice.post("/blue/authorize/sign-in", fields.toArray(String[]::new));

        assertThat(alice.get("/blue/account").html()).doesNotContain("Alice Liddell");
    }

    @Test
    void aLogoutOfOneIssuerEndsNothingAtAnother() {
        alice.signIn(authorize("/red"));
        alice.signIn(authorize("/blue"));

        alice.submit(alice.get("/red/logout"), "logout", "yes");

        assertThat(alice.get("/red/account").html()).doesNotContain("Alice Liddell");
        assertThat(alice.get("/blue/account").html()).contains("Alice Liddell");
    }

    @Test
    void noTwoIssuersHaveAKeyInCommon() {
        assertThat(keys("/red")).isNotEmpty().doesNotContainAnyElementsOf(keys("/blue"));
    }

    private List<Object> keys(String issuer) {
        List<Object> ids = new ArrayList<>();
        if (server.get(issuer + "/jwks").json().get("keys") instanceof List<?> keys) {
            keys.forEach(key -> ids.add(((Map<?, ?>) key).get("kid")));
        }
        return ids;
    }

    @Test
    void cookiesOverHttpsAreBoundToTheHost() {
        Answer account = ManyIssuers.at(server, "shared.example", "/deep/gray/account");
        Answer alone = ManyIssuers.at(server, "green.example", "/account");

        assertThat(account.header("Set-Cookie").orElseThrow())
                .startsWith("__Host-latchkey-gray=")
                .contains("; Path=/;", "; Secure");
        assertThat(alone.header("Set-Cookie").orElseThrow()).startsWith("__Host-latchkey=");
    }
}
