package dev.latchkey.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.Visit;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the certification profile Basic OP tests: the code flow. */
class BasicOpTest {
    private static final Set<String> PROFILE = Set.of(
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at");

    private final TestServer server = TestServer.start(RelyingParty.CONFIGURATION);
    private final RelyingParty rp = new RelyingParty(server);

    @AfterEach
    void stop() {
        server.close();
    }

    private Map<String, Object> userInfo(Answer tokens) {
        Answer answer = server.getAs(tokens.text("access_token"), "/userinfo");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Certifies({"oidcc-server", "oidcc-idtoken-signature"})
    @Test
    void aCodeBecomesAnIdTokenThatHoldsUp() {
        Answer tokens = rp.tokens();

        assertThat(tokens.text("token_type")).isEqualToIgnoringCase("Bearer");
        assertThat(tokens.header("Cache-Control")).contains("no-store");
        assertThat(rp.idToken(tokens)).containsKeys("iss", "sub", "aud", "exp", "iat", "at_hash", "sid");
    }

    @Certifies("oidcc-response-type-missing")
    @Test
    void aRequestWithoutResponseTypeIsAnError() {
        assertThat(rp.authorize("response_type", "").query())
                .containsEntry("error", "invalid_request")
                .containsEntry("state", "state-1");
    }

    @Certifies("oidcc-ensure-request-without-nonce-succeeds-for-code-flow")
    @Test
    void aRequestWithoutNonceSucceedsAndTheIdTokenHasNone() {
        Answer tokens = rp.tokens("nonce", "");

        assertThat(rp.idToken(tokens.text("id_token"), "")).doesNotContainKey("nonce");
    }

    @Test
    void theNonceComesBackInTheIdToken() {
        assertThat(rp.idToken(rp.tokens())).containsEntry("nonce", "nonce-1");
    }

    @Certifies({"oidcc-userinfo-get", "oidcc-userinfo-post-header", "oidcc-userinfo-post-body"})
    @Test
    void userInfoIsToldByGetByPostWithHeaderAndByPostWithBody() {
        Answer tokens = rp.tokens();
        String accessToken = tokens.text("access_token");
        Object subject = rp.idToken(tokens).get("sub");

        Answer get = server.getAs(accessToken, "/userinfo");
        Answer header = server.send(server.request("/userinfo")
                .header("Authorization", "Bearer " + accessToken)
                .POST(BodyPublishers.noBody()));
        Answer body = server.post("/userinfo", "access_token", accessToken);

        assertThat(List.of(get, header, body)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
            assertThat(answer.json()).containsEntry("sub", subject);
        });
    }

    @Certifies("oidcc-scope-profile")
    @Test
    void theScopeProfileTellsAllFourteenClaims() {
        assertThat(userInfo(rp.tokens("scope", "openid profile")).keySet())
                .containsExactlyInAnyOrderElementsOf(with(PROFILE, "sub"));
    }

    private static Set<String> with(Set<String> names, String one) {
        Set<String> all = new java.util.HashSet<>(names);
        all.add(one);
        return all;
    }

    @Certifies({"oidcc-scope-email", "oidcc-scope-address", "oidcc-scope-phone"})
    @ParameterizedTest
    @CsvSource({
        "openid email, email email_verified",
        "openid address, address",
        "openid phone, phone_number phone_number_verified"
    })
    void aScopeTellsItsClaimsAndNoOthers(String scope, String claims) {
        assertThat(userInfo(rp.tokens("scope", scope)).keySet())
                .containsExactlyInAnyOrderElementsOf(with(Set.of(claims.split(" ", -1)), "sub"));
    }

    @Test
    void theAddressIsAnObject() {
        assertThat(userInfo(rp.tokens("scope", "openid address")).get("address"))
                .isEqualTo(Map.of("formatted", "1 Deanery, Oxford", "locality", "Oxford", "country", "GB"));
    }

    @Certifies({"oidcc-scope-all", "oidcc-ensure-other-scope-order-succeeds"})
    @ParameterizedTest
    @ValueSource(strings = {"openid profile email address phone", "phone address email profile openid"})
    void allScopesTellAllClaimsInWhateverOrder(String scope) {
        assertThat(userInfo(rp.tokens("scope", scope)))
                .containsKeys("name", "email", "address", "phone_number", "updated_at")
                .containsEntry("email_verified", true)
                .containsEntry("phone_number_verified", false);
    }

    @Test
    void scopesThatNobodyKnowsArePassedOver() {
        assertThat(rp.tokens("scope", "openid something:else").text("scope")).isEqualTo("openid");
    }

    @Certifies({
        "oidcc-display-page",
        "oidcc-display-popup",
        "oidcc-ui-locales",
        "oidcc-claims-locales",
        "oidcc-ensure-request-with-acr-values-succeeds",
        "oidcc-ensure-request-with-unknown-parameter-succeeds"
    })
    @ParameterizedTest
    @CsvSource({
        "display, page",
        "display, popup",
        "ui_locales, se",
        "claims_locales, se",
        "acr_values, 1 2",
        "login_hint, bob@rp.example",
        "extra, foobar"
    })
    void parametersThatNeedNotBeHonouredDoNoHarm(String name, String value) {
        assertThat(rp.idToken(rp.tokens(name, value))).containsKey("sub");
    }

    @Certifies("oidcc-login-hint")
    @Test
    void theLoginHintIsAlreadyTyped() {
        assertThat(rp.authorize("login_hint", "alice").html()).contains("value=\"alice\"");
    }

    @Certifies("oidcc-prompt-login")
    @Test
    void promptLoginAsksAgainAndMovesTheAuthenticationTimeOn() {
        Map<String, Object> first = rp.idToken(rp.tokens());
        server.clock().turn(Duration.ofSeconds(5));

        Visit page = rp.authorize("prompt", "login");

        assertThat(RelyingParty.asksForLogin(page)).isTrue();
        Map<String, Object> second = rp.idToken(rp.redeem(rp.through(page).code()));
        assertThat(second).containsEntry("sub", first.get("sub"));
        assertThat((Long) second.get("auth_time")).isGreaterThan((Long) first.get("auth_time"));
    }

    @Certifies("oidcc-prompt-none-not-logged-in")
    @Test
    void promptNoneWithoutALoginIsLoginRequired() {
        assertThat(rp.authorize("prompt", "none").query()).containsEntry("error", "login_required");
    }

    @Certifies("oidcc-prompt-none-logged-in")
    @Test
    void promptNoneWithALoginAnswersAtOnceForTheSameUser() {
        Map<String, Object> first = rp.idToken(rp.tokens());
        server.clock().turn(Duration.ofSeconds(5));

        Map<String, Object> second =
                rp.idToken(rp.redeem(rp.authorize("prompt", "none").code()));

        assertThat(second).containsEntry("sub", first.get("sub")).containsEntry("auth_time", first.get("auth_time"));
    }

    @Certifies("oidcc-id-token-hint")
    @Test
    void promptNoneWithAnIdTokenHintAnswersForThatUserOnly() {
        Answer tokens = rp.tokens();
        String hint = tokens.text("id_token");

        assertThat(rp.authorize("prompt", "none", "id_token_hint", hint).query())
                .containsKey("code");
        rp.newAgent();
        Visit page = rp.authorize();
        rp.agent()
                .submit(
                        rp.agent().submit(page, "username", "bob", "password", "bobs password is a long one"),
                        "decision",
                        "allow");
        assertThat(rp.authorize("prompt", "none", "id_token_hint", hint).query())
                .containsEntry("error", "login_required");
        assertThat(rp.authorize("prompt", "none").query()).containsKey("code");
    }

    @Certifies("oidcc-max-age-1")
    @Test
    void maxAgeOfASecondAsksAgain() {
        Map<String, Object> first = rp.idToken(rp.tokens());
        server.clock().turn(Duration.ofSeconds(2));

        Visit page = rp.authorize("max_age", "1");

        assertThat(RelyingParty.asksForLogin(page)).isTrue();
        Map<String, Object> second = rp.idToken(rp.redeem(rp.through(page).code()));
        assertThat((Long) second.get("auth_time")).isGreaterThan((Long) first.get("auth_time"));
    }

    @Certifies("oidcc-max-age-10000")
    @Test
    void maxAgeOfTenThousandSecondsDoesNotAskAgain() {
        Map<String, Object> first = rp.idToken(rp.tokens("max_age", "15000"));
        server.clock().turn(Duration.ofSeconds(2));

        Map<String, Object> second =
                rp.idToken(rp.redeem(rp.authorize("max_age", "10000").code()));

        assertThat(second).containsEntry("auth_time", first.get("auth_time"));
    }

    @Certifies({"oidcc-codereuse", "oidcc-codereuse-30seconds"})
    @Test
    void aCodeIsRefusedTheSecondTimeAtOnceAndAfterHalfAMinute() {
        String code = rp.login().code();
        Answer tokens = rp.redeem(code);

        Answer atOnce = rp.redeem(code);
        server.clock().turn(Duration.ofSeconds(30));
        Answer later = rp.redeem(code);

        assertThat(List.of(atOnce, later)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("error")).isEqualTo("invalid_grant");
        });
        assertThat(server.getAs(tokens.text("access_token"), "/userinfo").status())
                .isEqualTo(401);
    }

    @Certifies("oidcc-ensure-registered-redirect-uri")
    @Test
    void aRedirectUriThatIsNotRegisteredGetsAPageOfOurs() {
        Visit visit = rp.authorize("redirect_uri", "https://rp.example/other");

        assertThat(visit.status()).isEqualTo(400);
        assertThat(visit.answer().header("Location")).isEmpty();
        assertThat(visit.html()).contains("invalid_request");
    }

    @Certifies("oidcc-ensure-post-request-succeeds")
    @Test
    void aPostedRequestSucceeds() {
        Visit page = rp.agent().post("/authorize", rp.request());

        assertThat(rp.idToken(rp.redeem(rp.through(page).code()))).containsKey("sub");
    }

    @Certifies("oidcc-server-client-secret-post")
    @Test
    void aClientMayPostItsSecret() {
        RelyingParty post = new RelyingParty(server, "post", "post-secret-post-secret-post-00000");

        Answer tokens = server.post(
                "/token",
                "grant_type",
                "authorization_code",
                "code",
                post.login().code(),
                "redirect_uri",
                RelyingParty.REDIRECT_URI,
                "client_id",
                "post",
                "client_secret",
                "post-secret-post-secret-post-00000");

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }

    @Certifies({
        "oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported",
        "oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported",
        "oidcc-ensure-request-object-with-redirect-uri"
    })
    @Test
    void requestObjectsAreRefusedByTheirErrors() {
        String unsigned = "eyJhbGciOiJub25lIn0.eyJyZWRpcmVjdF91cmkiOiJodHRwczovL2V2aWwuZXhhbXBsZS8ifQ.";

        assertThat(rp.authorize("request", unsigned).query()).containsEntry("error", "request_not_supported");
        assertThat(rp.authorize("request_uri", "https://rp.example/request").query())
                .containsEntry("error", "request_uri_not_supported");
    }

    @Certifies("oidcc-claims-essential")
    @Test
    void essentialClaimsAreTold() {
        Answer tokens = rp.tokens("claims", "{\"userinfo\":{\"name\":{\"essential\":true}}}");

        assertThat(userInfo(tokens)).containsEntry("name", "Alice Liddell").doesNotContainKey("email");
    }

    @Test
    void claimsMayBeAskedForInTheIdToken() {
        Answer tokens = rp.tokens("claims", "{\"id_token\":{\"email\":null,\"auth_time\":{\"essential\":true}}}");

        assertThat(rp.idToken(tokens))
                .containsEntry("email", "alice@example.com")
                .containsKey("auth_time");
        Answer refreshed = rp.refresh(tokens.text("refresh_token"));
        assertThat(rp.idToken(refreshed.text("id_token"), "")).containsEntry("email", "alice@example.com");
    }

    @Certifies("oidcc-refresh-token")
    @Test
    void aRefreshedIdTokenIsOfTheSameUserLoginAndClient() {
        Answer tokens = rp.tokens("scope", "openid offline_access", "prompt", "consent");
        Map<String, Object> first = rp.idToken(tokens);
        server.clock().turn(Duration.ofSeconds(5));

        Answer refreshed = rp.refresh(tokens.text("refresh_token"));

        Map<String, Object> second = rp.idToken(refreshed.text("id_token"), "");
        for (String same : List.of("iss", "sub", "aud", "auth_time", "azp", "sid")) {
            assertThat(second.get(same)).as(same).isEqualTo(first.get(same));
        }
        assertThat((Long) second.get("iat")).isGreaterThan((Long) first.get("iat"));
    }

    @Certifies("oidcc-ensure-request-with-valid-pkce-succeeds")
    @Test
    void aRequestWithPkceSucceeds() {
        String verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        String code = rp.login(
                        "code_challenge",
                        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                        "code_challenge_method",
                        "S256")
                .code();

        Answer tokens = server.postAs(
                "rp",
                "rp-secret-rp-secret-rp-secret-0000",
                "/token",
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                RelyingParty.REDIRECT_URI,
                "code_verifier",
                verifier);

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
    }
}
