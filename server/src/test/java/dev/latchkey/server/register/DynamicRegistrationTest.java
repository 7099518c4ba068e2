package dev.latchkey.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import dev.latchkey.server.Visit;
import dev.latchkey.server.authorize.CodeRequest;
import dev.latchkey.server.authorize.Pkce;
import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.conformance.Certifies;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.UnverifiedToken;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the certification profile Dynamic OP asks of registration. */
class DynamicRegistrationTest {
    private final TestServer server = TestServer.start(Registrar.OPEN);
    private final Registrar registrar = new Registrar(server);
    private final UserAgent alice = new UserAgent(server);

    @AfterEach
    void close() {
        server.close();
    }

    private Visit authorize(Answer client, String... more) {
        String[] base = {
            "client_id", client.text("client_id"),
            "redirect_uri", Registrar.REDIRECT_URI,
            "scope", "openid email",
            "state", "s",
            "nonce", "n",
            "code_challenge", Pkce.CHALLENGE,
            "code_challenge_method", "S256"
        };
        String[] all = new String[base.length + more.length];
        System.arraycopy(base, 0, all, 0, base.length);
        System.arraycopy(more, 0, all, base.length, more.length);
        return alice.authorize(all);
    }

    private Visit allow(Visit loginPage) {
        return alice.submit(alice.signIn(loginPage), "decision", "allow");
    }

    private Answer redeem(Answer client, String code) {
        return server.postAs(
                client.text("client_id"),
                client.text("client_secret"),
                "/token",
                CodeRequest.redemption(code, Registrar.REDIRECT_URI));
    }

    @Test
    void discoveryNamesTheEndpoint() {
        assertThat(server.get("/.well-known/openid-configuration").json())
                .containsEntry("registration_endpoint", server.url() + "/register");
    }

    @Test
    void aClientIsGivenAnIdASecretAndAllThatIsKeptOfIt() {
        Answer answer = registrar.register();

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json())
                .containsEntry("client_id_issued_at", server.clock().instant().getEpochSecond())
                .containsEntry("client_secret_expires_at", 0L)
                .containsEntry("redirect_uris", List.of(Registrar.REDIRECT_URI))
                .containsEntry("grant_types", List.of("authorization_code"))
                .containsEntry("response_types", List.of("code"))
                .containsEntry("token_endpoint_auth_method", "client_secret_basic")
                .containsEntry("application_type", "web")
                .containsEntry("subject_type", "public")
                .containsEntry("id_token_signed_response_alg", "RS256")
                .containsEntry("require_pkce", true)
                .containsEntry("scope", "openid profile email address phone offline_access orders:read")
                .containsEntry(
                        "registration_client_uri", server.url() + "/register?client_id=" + answer.text("client_id"))
                .doesNotContainKeys("client_name", "skip_consent", "audience");
        assertThat(answer.text("client_secret")).hasSizeGreaterThanOrEqualTo(43);
        assertThat(answer.text("registration_access_token")).hasSizeGreaterThanOrEqualTo(43);
    }

    @Test
    void aUserSignsInAtARegisteredClient() {
        Answer client = registrar.register(
                "client_name", "Orders & <b>more</b>", "grant_types", List.of("authorization_code", "refresh_token"));

        Visit loginPage = authorize(client, "response_type", "code");
        assertThat(loginPage.html())
                .contains("Orders &amp; &lt;b&gt;more&lt;/b&gt;")
                .doesNotContain("<b>more");
        Answer tokens = redeem(client, allow(loginPage).code());

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        UnverifiedToken idToken = UnverifiedToken.parse(tokens.text("id_token"));
        assertThat(idToken.header()).containsEntry("alg", "RS256");
        assertThat(idToken.claims()).containsEntry("aud", client.text("client_id"));
        assertThat(server.getAs(tokens.text("access_token"), "/userinfo").json())
                .containsEntry("email", "alice@example.com");
        assertThat(tokens.json()).containsKey("refresh_token");
    }

    @Test
    void theFrontChannelIsForTheResponseTypesThatWereRegistered() {
        Answer hybrid = registrar.register("response_types", List.of("code id_token"));
        Answer implicit = registrar.register("response_types", List.of("id_token"));

        assertThat(hybrid.json().get("grant_types")).isEqualTo(List.of("authorization_code", "implicit"));
        assertThat(implicit.json().get("grant_types")).isEqualTo(List.of("implicit"));
        assertThat(allow(authorize(hybrid, "response_type", "code id_token")).fragment())
                .containsKeys("code", "id_token");
        assertThat(authorize(implicit, "response_type", "code").query()).containsEntry("error", "unauthorized_client");
    }

    @ParameterizedTest
    @EnumSource(AuthenticationMethod.class)
    void everyMethodOfAuthenticationIsThere(AuthenticationMethod method) {
        JwkSet keys = JwkSet.of(Jwk.generate(Algorithm.ES256));
        Answer answer = registrar.register("token_endpoint_auth_method", method.toString(), "jwks", keys.toPublicMap());

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().containsKey("client_secret")).isEqualTo(method.usesSecret());
        assertThat(answer.json().containsKey("client_secret_expires_at")).isEqualTo(method.usesSecret());
    }

    @Test
    void aSecretIsRefusedByAnotherMethodThanTheRegisteredOne() {
        Answer client = registrar.register("token_endpoint_auth_method", "client_secret_post");
        String code = allow(authorize(client, "response_type", "code")).code();

        assertThat(redeem(client, code).text("error")).isEqualTo("invalid_client");
    }

    @Certifies("oidcc-registration-jwks-uri")
    @Test
    void keysAreTakenByValueAndByReference() {
        JwkSet keys = JwkSet.of(Jwk.generate(Algorithm.RS256));
        Map<String, Object> jwks = keys.toPublicMap();

        assertThat(registrar.register("jwks", jwks).json().get("jwks")).isEqualTo(Json.parse(Json.write(jwks)));
        assertThat(registrar.register("jwks_uri", "https://rp.example/jwks").json())
                .containsEntry("jwks_uri", "https://rp.example/jwks");
    }

    @Certifies({"oidcc-registration-logo-uri", "oidcc-registration-policy-uri", "oidcc-registration-tos-uri"})
    @Test
    void whatPeopleAreShownIsKept() {
        Answer answer = registrar.register(
                "client_name",
                "Заказы",
                "client_uri",
                "https://rp.example/#/home",
                "logo_uri",
                "https://rp.example/logo.png",
                "policy_uri",
                "https://rp.example/policy",
                "tos_uri",
                "https://rp.example/terms",
                "contacts",
                List.of("ops@rp.example"));

        assertThat(answer.json())
                .containsEntry("client_name", "Заказы")
                .containsEntry("client_uri", "https://rp.example/#/home")
                .containsEntry("logo_uri", "https://rp.example/logo.png")
                .containsEntry("policy_uri", "https://rp.example/policy")
                .containsEntry("tos_uri", "https://rp.example/terms")
                .containsEntry("contacts", List.of("ops@rp.example"));
        assertThat(authorize(answer, "response_type", "code").html())
                .contains("https://rp.example/policy", "https://rp.example/terms");
    }

    @Test
    void aNativeApplicationMayHaveLoopbackAndSchemesOfItsOwn() {
        List<String> uris = List.of(
                "http://127.0.0.1/callback",
                "http://[::1]:4000/callback",
                "http://localhost:3000/callback",
                "com.example.app:/callback",
                "https://app.example/callback");
        Answer answer = registrar.register(
                "application_type", "native", "redirect_uris", uris, "token_endpoint_auth_method", "none");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json()).containsEntry("redirect_uris", uris).containsEntry("require_pkce", true);
    }

    @Test
    void membersThatNobodyKnowsAndThoseOfOtherLanguagesArePassedOver() {
        Answer answer = registrar.register(
                "client_name#de", "Bestellungen", "x_unknown", List.of(1, 2), "software_id", "4NRB1-0XZABZI9E6-5SM3R");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json()).doesNotContainKeys("client_name#de", "x_unknown", "software_id");
    }

    @Test
    void whatIsTheOperatorsToGiveIsNotTaken() {
        Answer answer = registrar.register(
                "skip_consent", true, "require_pkce", false, "audience", List.of("https://orders.example"));

        assertThat(answer.json()).containsEntry("require_pkce", true).doesNotContainKeys("skip_consent", "audience");
        assertThat(allow(authorize(answer, "response_type", "code")).query()).containsKey("code");
    }

    @Test
    void whoAsksToBeHeldToProofsIs() {
        Answer answer =
                registrar.register("dpop_bound_access_tokens", true, "grant_types", List.of("authorization_code"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json()).containsEntry("dpop_bound_access_tokens", true);
        Answer without = server.postAs(
                answer.text("client_id"),
                answer.text("client_secret"),
                "/token",
                "grant_type",
                "authorization_code",
                "code",
                "c".repeat(43));
        assertThat(without.json()).containsEntry("error", "invalid_dpop_proof");
    }

    @Test
    void whoAsksToBeHeldToPushedRequestsIs() {
        Answer answer = registrar.register("require_pushed_authorization_requests", true);

        assertThat(answer.json()).containsEntry("require_pushed_authorization_requests", true);
        assertThat(authorize(answer, "response_type", "code").query()).containsEntry("error", "invalid_request");
        assertThat(registrar
                        .register("require_pushed_authorization_requests", "yes")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anIdOrASecretIsNotTheClientsToChoose() {
        Answer answer = registrar.register("client_id", "web", "client_secret", "web-secret");

        assertThat(answer.text("client_id")).isNotEqualTo("web").hasSize(32);
        assertThat(answer.text("client_secret")).isNotEqualTo("web-secret");
    }

    @Test
    void logoutAndThirdPartyLoginAddressesAreKept() {
        Answer answer = registrar.register(
                "post_logout_redirect_uris",
                List.of("https://rp.example/out"),
                "backchannel_logout_uri",
                "https://rp.example/back",
                "backchannel_logout_session_required",
                true,
                "frontchannel_logout_uri",
                "https://rp.example/front",
                "frontchannel_logout_session_required",
                true,
                "initiate_login_uri",
                "https://rp.example/start",
                "default_max_age",
                3600,
                "require_auth_time",
                true,
                "default_acr_values",
                List.of("1"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json())
                .containsEntry("post_logout_redirect_uris", List.of("https://rp.example/out"))
                .containsEntry("backchannel_logout_uri", "https://rp.example/back")
                .containsEntry("frontchannel_logout_uri", "https://rp.example/front")
                .containsEntry("initiate_login_uri", "https://rp.example/start")
                .containsEntry("default_max_age", 3600L)
                .containsEntry("require_auth_time", true)
                .containsEntry("default_acr_values", List.of("1"));
    }

    @Test
    void answersAreSignedAndEncryptedAsRegistered() {
        Answer answer = registrar.register(
                "id_token_signed_response_alg", "ES256",
                "id_token_encrypted_response_alg", "RSA-OAEP",
                "userinfo_signed_response_alg", "RS256",
                "userinfo_encrypted_response_alg", "ECDH-ES",
                "userinfo_encrypted_response_enc", "A256GCM",
                "jwks_uri", "https://rp.example/jwks");

        assertThat(answer.json())
                .containsEntry("id_token_signed_response_alg", "ES256")
                .containsEntry("id_token_encrypted_response_enc", "A128CBC-HS256")
                .containsEntry("userinfo_encrypted_response_enc", "A256GCM");
    }

    @Test
    void pairwiseSubjectsBelongToTheHostOfTheRedirectUris() {
        Answer one = registrar.register("subject_type", "pairwise", "response_types", List.of("id_token"));
        Answer two = registrar.register("subject_type", "pairwise", "response_types", List.of("id_token"));
        Answer open = registrar.register("response_types", List.of("id_token"));

        assertThat(subject(one)).isEqualTo(subject(two)).isNotEqualTo(subject(open));
    }

    private String subject(Answer client) {
        UserAgent agent = new UserAgent(server);
        Visit page = agent.authorize(
                "client_id",
                client.text("client_id"),
                "redirect_uri",
                Registrar.REDIRECT_URI,
                "response_type",
                "id_token",
                "scope",
                "openid",
                "nonce",
                "n");
        String idToken = String.valueOf(
                agent.submit(agent.signIn(page), "decision", "allow").fragment().get("id_token"));
        return String.valueOf(UnverifiedToken.parse(idToken).claims().get("sub"));
    }
}
