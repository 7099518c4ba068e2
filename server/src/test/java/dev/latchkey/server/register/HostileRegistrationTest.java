package dev.latchkey.server.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.conformance.Certifies;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
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
