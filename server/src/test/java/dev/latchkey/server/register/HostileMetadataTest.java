package dev.latchkey.server.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Members of a registration that have the wrong type, say too much, or do not go together: each is refused by its name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileMetadataTest {
    private static final String RTL = "\u202e";

    private final TestServer server = TestServer.start(Registrar.OPEN);
    private final Registrar registrar = new Registrar(server);

    @AfterAll
    void close() {
        server.close();
    }

    static Stream<Arguments> types() {
        return Stream.of(
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
                arguments("logo_uri", List.of("https://rp.example/logo.png")));
    }

    static Stream<Arguments> texts() {
        String longText = "x".repeat(201);
        return Stream.of(
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
                arguments("default_acr_values", List.of("ä")));
    }

    /** What does not go, or not go together. */
    static Stream<Arguments> combinations() {
        return Stream.of(
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
                arguments("userinfo_encrypted_response_alg", "A256GCMKW"));
    }

    static Stream<Arguments> keys() {
        Map<String, Object> weakKey = Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB");
        return Stream.of(
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
                arguments("jwks", Map.of("keys", Collections.nCopies(101, weakKey))));
    }

    static Stream<Arguments> unsupported() {
        return Stream.of(
                arguments("request_uris", List.of("https://rp.example/request")),
                arguments("request_object_signing_alg", "none"),
                arguments("request_object_signing_alg", "RS256"),
                arguments("request_object_encryption_alg", "RSA-OAEP"),
                arguments("require_signed_request_object", true),
                arguments("dpop_bound_access_tokens", "true"),
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
    @MethodSource({"types", "texts", "combinations", "keys", "unsupported"})
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
}
