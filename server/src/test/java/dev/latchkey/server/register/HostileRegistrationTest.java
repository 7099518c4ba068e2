package dev.latchkey.server.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.server.conformance.Certifies;
import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata that a stranger sends to do harm, or that cannot be right: refused by name, and nothing is kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRegistrationTest {
    private static final String RTL = "\u202e";

    private final TestServer server = TestServer.start(Registrar.OPEN);
    private final Registrar registrar = new Registrar(server);

    @AfterAll
    void close() {
        assertThat(server.server()
                        .issuer()
                        .stores()
                        .registrations()
                        .listUnused(server.clock().instant().plusSeconds(1), 10))
                .hasSize(1); // of the one test that is let in
        server.close();
    }

    private static void assertRefused(Answer answer, String code, String named) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("error")).as(answer.body()).isEqualTo(code);
        assertThat(answer.text("error_description")).contains(named);
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    static Stream<String> redirectUris() {
        return Stream.of(
                "",
                " ",
                "rp.example/callback",
                "/callback",
                "//rp.example/callback",
                "https:",
                "https:rp.example",
                "https:/rp.example",
                "https:///callback",
                "https://",
                "http://rp.example/callback",
                "https://localhost/callback",
                "https://LOCALHOST/callback",
                "https://localhost./callback",
                "https://app.localhost/callback",
                "https://127.0.0.1/callback",
                "https://127.1.2.3/callback",
                "https://2130706433/callback",
                "https://0x7f.0.0.1/callback",
                "https://0.0.0.0/callback",
                "https://[::1]/callback",
                "https://[::]/callback",
                "https://[::ffff:127.0.0.1]/callback",
                "http://127.0.0.1/callback",
                "https://rp.example/callback#",
                "https://rp.example/callback#code",
                "https://user@rp.example/callback",
                "https://user:password@rp.example/callback",
                "https://rp.example@evil.example/callback",
                "https://*.rp.example/callback",
                "https://rp.example/*",
                "https://rp.example:0/callback",
                "https://rp.example:65536/callback",
                "https://rp.example:99999999999/callback",
                "https://rp_example/callback",
                "https://rp.example\\@evil.example/",
                "https://rp.example/call back",
                "https://rp.example/%zz",
                "https://rp.example/\r\nSet-Cookie: a=b",
                "https://rp.example/\u0000",
                "https://rp.example/\u202e",
                "https://пример.example/callback",
                "https://rp.example/<script>",
                "https://rp.example/" + "a".repeat(2048),
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "java\nscript:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                "data:text/html;base64,PHNjcmlwdD4=",
                "vbscript:msgbox(1)",
                "file:///etc/passwd",
                "blob:https://rp.example/1",
                "about:blank",
                "view-source:https://rp.example/",
                "filesystem:https://rp.example/",
                "intent://rp.example#Intent;end",
                "ftp://rp.example/",
                "mailto:alice@example.com",
                "urn:ietf:wg:oauth:2.0:oob",
                "com.example.app:/callback");
    }

    @Certifies("oidcc-redirect-uri-regfrag")
    @ParameterizedTest
    @MethodSource("redirectUris")
    void redirectUrisOfAWebApplication(String uri) {
        assertRefused(
                registrar.register("redirect_uris", List.of(Registrar.REDIRECT_URI, uri)),
                "invalid_redirect_uri",
                "redirect_uris");
        assertRefused(
                registrar.register("post_logout_redirect_uris", List.of(uri)),
                "invalid_client_metadata",
                "post_logout_redirect_uris");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://rp.example/callback",
                "http://localhost.evil.example/callback",
                "http://127.0.0.1.evil.example/callback",
                "http://127.0.0.2/callback",
                "http://user@127.0.0.1/callback",
                "http://127.0.0.1/callback#x",
                "http://0.0.0.0/callback",
                "https://localhost/callback",
                "https://[::1]/callback",
                "myapp:/callback",
                "myapp://callback",
                "javascript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///x",
                "blob:x",
                ".example:/callback",
                "com.example.app:",
                "com.example.app://user@host/callback",
                "com.example.app:/callback#x",
                "com.example.app:/*"
            })
    void redirectUrisOfANativeApplication(String uri) {
        assertRefused(
                registrar.register("application_type", "native", "redirect_uris", List.of(uri)),
                "invalid_redirect_uri",
                "redirect_uris");
    }

    static Stream<Arguments> links() {
        return Stream.of(
                        "client_uri",
                        "logo_uri",
                        "policy_uri",
                        "tos_uri",
                        "jwks_uri",
                        "sector_identifier_uri",
                        "initiate_login_uri",
                        "backchannel_logout_uri",
                        "frontchannel_logout_uri")
                .flatMap(name -> Stream.of(
                                "javascript:alert(1)",
                                "data:image/svg+xml,<svg onload=alert(1)>",
                                "vbscript:x",
                                "file:///etc/passwd",
                                "blob:x",
                                "http://rp.example/",
                                "http://localhost/",
                                "//rp.example/",
                                "https://",
                                "https://user:pass@rp.example/",
                                "https://rp.example/\"onmouseover=alert(1)",
                                "https://rp.example/\n",
                                "https://rp.example/" + "a".repeat(2048),
                                "")
                        .map(value -> arguments(name, value)));
    }

    @ParameterizedTest
    @MethodSource("links")
    void links(String name, String value) {
        assertRefused(registrar.register(name, value), "invalid_client_metadata", name);
    }

    static Stream<Arguments> members() {
        String longText = "x".repeat(201);
        Map<String, Object> weakKey = Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB");
        return Stream.of(
                // types
                arguments("client_name", 1),
                arguments("client_name", List.of("a")),
                arguments("client_name", Map.of()),
                arguments("client_name", true),
                arguments("grant_types", "authorization_code"),
                arguments("grant_types", List.of(1)),
                arguments("grant_types", Arrays.asList("authorization_code", null)),
                arguments("response_types", Map.of("code", true)),
                arguments("scope", List.of("openid")),
                arguments("contacts", "ops@rp.example"),
                arguments("default_max_age", "3600"),
                arguments("default_max_age", -1),
                arguments("default_max_age", 1.5),
                arguments("default_max_age", Long.MAX_VALUE),
                arguments("require_auth_time", "true"),
                arguments("jwks", "https://rp.example/jwks"),
                arguments("jwks", List.of()),
                arguments("application_type", 0),
                arguments("logo_uri", List.of("https://rp.example/logo.png")),
                // texts
                arguments("client_name", longText),
                arguments("client_name", "a\u0000b"),
                arguments("client_name", "a\nb"),
                arguments("client_name", "a\u001b[31mb"),
                arguments("client_name", "a" + RTL + "moc.knab"),
                arguments("client_name", "\u2066a"),
                arguments("client_name", "\u200fa"),
                arguments("client_name", "a\u2028b"),
                arguments("client_name", "a\u2029b"),
                arguments("client_name", "\ufeffa"),
                arguments("client_name", "a\u00adb"),
                arguments("client_name", "\ue000"),
                arguments("contacts", List.of("a" + RTL)),
                arguments("contacts", List.of("a".repeat(255))),
                arguments("contacts", Collections.nCopies(11, "a@b.c")),
                arguments("default_acr_values", Collections.nCopies(11, "1")),
                arguments("default_acr_values", List.of("a b")),
                arguments("default_acr_values", List.of("")),
                arguments("default_acr_values", List.of("ä")),
                // what does not go, or not go together
                arguments("grant_types", List.of()),
                arguments("grant_types", List.of("password")),
                arguments("grant_types", List.of("client_credentials")),
                arguments("grant_types", List.of("authorization_code", "urn:ietf:params:oauth:grant-type:device_code")),
                arguments("grant_types", List.of("implicit", "refresh_token")),
                arguments("grant_types", Collections.nCopies(1000, "password")),
                arguments("response_types", List.of()),
                arguments("response_types", List.of("token")),
                arguments("response_types", List.of("id_token token")),
                arguments("response_types", List.of("code token")),
                arguments("response_types", List.of("code", "none")),
                arguments("response_types", List.of("code code")),
                arguments("scope", "openid admin"),
                arguments("scope", "orders:write"),
                arguments("scope", "open\u00efd"),
                arguments("scope", "x".repeat(5000)),
                arguments("application_type", "service"),
                arguments("subject_type", "transient"),
                arguments("token_endpoint_auth_method", "tls_client_auth"),
                arguments("token_endpoint_auth_method", "self_signed_tls_client_auth"),
                arguments("token_endpoint_auth_method", ""),
                arguments("token_endpoint_auth_signing_alg", "HS256"),
                arguments("token_endpoint_auth_signing_alg", "none"),
                arguments("id_token_signed_response_alg", "none"),
                arguments("id_token_signed_response_alg", "HS256"),
                arguments("id_token_signed_response_alg", "RS384"),
                arguments("userinfo_signed_response_alg", "none"),
                arguments("userinfo_signed_response_alg", "HS512"),
                arguments("id_token_encrypted_response_alg", "RSA1_5"),
                arguments("id_token_encrypted_response_alg", "dir"),
                arguments("id_token_encrypted_response_enc", "A128GCM"),
                arguments("userinfo_encrypted_response_alg", "A256GCMKW"),
                // keys
                arguments("jwks", Map.of()),
                arguments("jwks", Map.of("keys", "none")),
                arguments("jwks", Collections.singletonMap("keys", null)),
                arguments(
                        "jwks",
                        Map.of("keys", List.of(Jwk.generate(Algorithm.ES256).toMap()))),
                arguments(
                        "jwks",
                        Map.of("keys", List.of(Jwk.generate(Algorithm.HS256).toMap()))),
                arguments("jwks", Map.of("keys", List.of(Map.of("kty", "new", "d", "AA")))),
                arguments("jwks", Map.of("keys", Collections.nCopies(101, weakKey))),
                // what there is no support for
                arguments("request_uris", List.of("https://rp.example/request")),
                arguments("request_object_signing_alg", "none"),
                arguments("request_object_signing_alg", "RS256"),
                arguments("request_object_encryption_alg", "RSA-OAEP"),
                arguments("require_signed_request_object", true),
                arguments("require_pushed_authorization_requests", true),
                arguments("dpop_bound_access_tokens", true),
                arguments("authorization_details_types", List.of("payment")),
                arguments("tls_client_auth_subject_dn", "CN=rp"),
                arguments("tls_client_certificate_bound_access_tokens", true),
                arguments("authorization_signed_response_alg", "RS256"),
                arguments("introspection_signed_response_alg", "RS256"),
                arguments("backchannel_token_delivery_mode", "poll"),
                arguments("frontchannel_logout_uri", "https://other.example/front"),
                arguments("frontchannel_logout_uri", "https://rp.example:8443/front"),
                arguments("backchannel_logout_uri", "https://rp.example/back#x"));
    }

    @ParameterizedTest
    @MethodSource("members")
    void members(String name, Object value) {
        Answer answer = registrar.register(name, value);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_client_metadata");
        assertThat(answer.text("error_description")).startsWith(named(name, answer));
    }

    /** Left-out grant types follow from response types, and so may be what is told to be wrong. */
    private static String named(String name, Answer answer) {
        boolean follows = name.equals("response_types")
                && answer.text("error_description").startsWith("grant_types");
        return follows ? "grant_types" : name;
    }

    @Test
    void whatNeedsKeysIsRefusedWithoutOne() {
        Map<String, Object> keys = JwkSet.of(Jwk.generate(Algorithm.ES256)).toPublicMap();
        String privateKeyJwt = "private_key_jwt";
        for (Answer answer : List.of(
                registrar.register("token_endpoint_auth_method", privateKeyJwt),
                registrar.register("token_endpoint_auth_method", privateKeyJwt, "jwks", Map.of("keys", List.of())),
                registrar.register(
                        "token_endpoint_auth_method",
                        privateKeyJwt,
                        "jwks",
                        keys,
                        "token_endpoint_auth_signing_alg",
                        "RS256"),
                registrar.register("id_token_encrypted_response_alg", "RSA-OAEP"),
                registrar.register("jwks", keys, "jwks_uri", "https://rp.example/jwks"))) {
            assertRefused(answer, "invalid_client_metadata", "jwks");
        }
    }

    @Test
    void manyRedirectUris() {
        List<String> uris =
                IntStream.range(0, 21).mapToObj(i -> "https://rp.example/" + i).toList();

        assertRefused(registrar.register("redirect_uris", uris), "invalid_redirect_uri", "more than 20");
        assertRefused(registrar.register("redirect_uris", List.of()), "invalid_redirect_uri", "missing");
        assertRefused(registrar.register("redirect_uris", "https://rp.example/"), "invalid_redirect_uri", "list");
        assertRefused(registrar.post("{\"redirect_uris\": null}"), "invalid_redirect_uri", "missing");
    }

    @Test
    void statementsAboutSoftware() {
        assertRefused(
                registrar.register("software_statement", "e30.e30."), "unapproved_software_statement", "statement");
    }

    static Stream<String> bodies() {
        return Stream.of(
                "",
                "{",
                "[]",
                "null",
                "\"x\"",
                "{\"redirect_uris\": [\"https://rp.example/\"], \"redirect_uris\": [\"https://evil.example/\"]}",
                "{\"redirect_uris\": [\"https://rp.example/\"]} {}",
                "{\"client_name\": \"\\ud800\"}",
                "{\"a\": 1e999999}",
                "{\"a\": " + "9".repeat(1000) + "}",
                "[".repeat(10_000),
                "{\"a\":".repeat(1000) + "1" + "}".repeat(1000),
                "{\"jwks\": " + "[".repeat(40) + "]".repeat(40) + "}");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bodiesThatAreNoJsonObject(String body) {
        assertRefused(registrar.post(body), "invalid_request", "JSON object");
    }

    @Test
    void bodiesThatAreTooLong() {
        String body = Json.write(Registrar.metadata("x", "a".repeat(32 * 1024)));

        assertThat(registrar.post(body).status()).isEqualTo(413);
    }

    @Test
    void bodiesThatAreAForm() {
        assertThat(server.post("/register", "redirect_uris", Registrar.REDIRECT_URI)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void whatIsUnknownIsNotKept() {
        Map<String, Object> deep = Map.of("a", Map.of("b", List.of(Map.of("c", RTL))));
        Answer answer = registrar.register("x", deep, "__proto__", deep, "client_name", "👩\u200d💻 <b>&amp;\"'");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json())
                .doesNotContainKeys("x", "__proto__")
                .containsEntry("client_name", "👩\u200d💻 <b>&amp;\"'");
    }
}
